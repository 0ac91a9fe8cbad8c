"""Analysis of a campaign: figures by any attribute of the organisation, over rounds; ranking by several."""
