from django.urls import path

from apps.accounts.views import acceptance, account, invitations, passwords, second_factor, sign_in

app_name = "accounts"

urlpatterns = [
    path("login/", sign_in.SignInPage.as_view(), name="login"),
    path("login/code/", sign_in.CodePage.as_view(), name="login-code"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("password/reset/", passwords.PasswordResetPage.as_view(), name="password-reset"),
    path("password/reset/<str:uid>/<str:token>/", passwords.PasswordSetPage.as_view(), name="password-set"),
    path("account/", account.AccountPage.as_view(), name="account"),
    path("account/details/", account.DetailsPage.as_view(), name="details-edit"),
    path("account/password/", passwords.PasswordChangePage.as_view(), name="password-change"),
    path("account/second-factor/", second_factor.SecondFactorPage.as_view(), name="second-factor"),
    path("account/sign-out-everywhere/", account.SignOutEverywherePage.as_view(), name="sign-out-everywhere"),
    path("account/organization/", account.organization_switch, name="organization-switch"),
    path("account/successor/<int:pk>/", acceptance.HandOverPage.as_view(), name="place-hand-over"),
    path("invitations/", invitations.InvitationList.as_view(), name="invitation-list"),
    path("invitations/create/", invitations.InvitationCreatePage.as_view(), name="invitation-create"),
    path("invitations/organizations/", invitations.BulkPage.as_view(), name="invitation-bulk"),
    path("invitations/<uuid:pk>/", invitations.InvitationPage.as_view(), name="invitation-detail"),
    path("invitations/<uuid:pk>/reissue/", invitations.invitation_reissue, name="invitation-reissue"),
    path("invitations/<uuid:pk>/revoke/", invitations.invitation_revoke, name="invitation-revoke"),
    path("invitation/<str:token>/", acceptance.AcceptPage.as_view(), name="invitation-accept"),
]
