"""Everything that changes users, their rights and their sessions."""

from apps.accounts.actions.grants import (
    end_grant,
    grant_acting_head,
    grant_role,
    same_rights,
    set_grant_end,
)
from apps.accounts.actions.invitations import (
    accept_invitation,
    hand_over,
    invite,
    invite_organizations,
    mail_invitations,
    new_token,
    register_invited,
    reissue_invitation,
    revoke_invitation,
)
from apps.accounts.actions.second_factor import (
    confirm_second_factor,
    drop_second_factor,
    renew_backup_codes,
    start_second_factor,
)
from apps.accounts.actions.users import (
    activate_user,
    change_own_details,
    change_password,
    change_user,
    create_first_admin,
    create_user,
    deactivate_user,
    password_link,
    request_password_reset,
    sign_out_everywhere,
)

__all__ = [
    "accept_invitation",
    "activate_user",
    "change_own_details",
    "change_password",
    "change_user",
    "confirm_second_factor",
    "create_first_admin",
    "create_user",
    "deactivate_user",
    "drop_second_factor",
    "end_grant",
    "grant_acting_head",
    "grant_role",
    "hand_over",
    "invite",
    "invite_organizations",
    "mail_invitations",
    "new_token",
    "password_link",
    "register_invited",
    "reissue_invitation",
    "renew_backup_codes",
    "request_password_reset",
    "revoke_invitation",
    "same_rights",
    "set_grant_end",
    "sign_out_everywhere",
    "start_second_factor",
]
