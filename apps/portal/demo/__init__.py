"""Demo data: invented persons and figures of a city, the same every time, relative to today."""
