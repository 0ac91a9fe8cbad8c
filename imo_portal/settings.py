"""Settings of the portal; each value that differs between installations comes from the environment."""

import sys
from pathlib import Path

from csp.constants import NONCE, NONE, SELF

from imo_portal import environment as env
from imo_portal.embedded import server_for

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("PORTAL_DATA") or BASE_DIR / "var").resolve()
TESTING = "pytest" in sys.modules

# PRODUCTION turns on everything that needs HTTPS and refuses demo accounts.
PRODUCTION = env.flag("PORTAL_PRODUCTION")
DEBUG = env.flag("PORTAL_DEBUG") and not PRODUCTION
SECRET_KEY = "tests-only-" + "x" * 50 if TESTING else env.secret_key(DATA_DIR)
ALLOWED_HOSTS = env.words("PORTAL_HOSTS", "" if PRODUCTION else "*")
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_ORIGINS")
PORTAL_URL = env.text("PORTAL_URL", "http://127.0.0.1:8000").rstrip("/")
PORTAL_VERSION = "0.1.0"

INSTALLED_APPS = [
    "apps.portal.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "csp",
    "procrastinate.contrib.django",
    "apps.core",
    "apps.organizations",
    "apps.accounts",
    "apps.workflow",
    "apps.papers",
    "apps.teachers",
    "apps.notices",
    "apps.monitoring",
    "apps.planning",
    "apps.questionnaires",
    "apps.office",
    "apps.analytics",
    "apps.reports",
    "apps.api",
    "apps.portal",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.core.middleware.DatabaseAwayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "apps.core.refusals.RefusalsMiddleware",
    "apps.accounts.middleware.AccountMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "apps.core.middleware.HistoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.core.middleware.PrivatePagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

if TESTING:  # the test client serves no files, and there is no collected folder to look into
    MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")

ROOT_URLCONF = "imo_portal.urls"
WSGI_APPLICATION = "imo_portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["apps.core.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.core.context.portal",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database: the owner migrates, the running application has fewer rights (docs/operations.md) ---
PORTAL_APP_ROLE = env.text("PORTAL_APP_ROLE", "imo_app")
_role = "owner" if TESTING else env.text("PORTAL_DB_ROLE", "app")
EMBEDDED = not env.text("DATABASE_URL")
if EMBEDDED:
    _url = server_for(DATA_DIR).url(_role)
else:
    _url = (_role == "owner" and env.text("DATABASE_OWNER_URL")) or env.text("DATABASE_URL")
DATABASES = {"default": env.database(_url)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if env.flag("PORTAL_DB_POOL"):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": env.number("PORTAL_DB_POOL_SIZE", 10),
        "timeout": 10,
    }
if TESTING:
    DATABASES["default"]["TEST"] = {"NAME": env.text("PORTAL_TEST_DB", "test_imo")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Who signs in ---
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "apps.accounts.backends.RoleBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:login"
PASSWORD_RESET_TIMEOUT = 24 * 3600
SESSION_COOKIE_NAME = "imo_session"
SESSION_COOKIE_AGE = env.number("PORTAL_SESSION_IDLE_HOURS", 8) * 3600
SESSION_ABSOLUTE_SECONDS = env.number("PORTAL_SESSION_ABSOLUTE_HOURS", 12) * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "imo_csrf"
CSRF_FAILURE_VIEW = "apps.core.errors.csrf_failure"
# The second factor: optional for schools, obligatory for the department's staff by this setting.
STAFF_SECOND_FACTOR = env.flag("PORTAL_STAFF_SECOND_FACTOR")
OTP_TOTP_ISSUER = "Портал ИМО"
# Salaries in the staffing table are kept and shown only where the department asks for it.
PORTAL_SALARIES = env.flag("PORTAL_SALARIES")
# СНИЛС of teachers is kept only where the department asks for it; everything works without it.
SNILS_IS_KEPT = env.flag("PORTAL_SNILS")
INVITATION_DAYS = env.number("PORTAL_INVITATION_DAYS", 14)
# Calls of the open data interface by one key, in each web process.
API_CALLS_PER_MINUTE = env.number("PORTAL_API_CALLS_PER_MINUTE", 600)

AXES_ENABLED = not TESTING
AXES_FAILURE_LIMIT = env.number("PORTAL_LOCKOUT_FAILURES", 7)
AXES_COOLOFF_TIME = 0.25  # hours
AXES_HANDLER = "apps.accounts.addresses.AddressHandler"
# The pause is 15 minutes, as the page says: what is tried while it lasts does not make it longer.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
# So many different names that failed from one address within the pause lock the address.
LOCKOUT_NAMES = env.number("PORTAL_LOCKOUT_NAMES", 30)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_IPWARE_PROXY_COUNT = env.number("PORTAL_PROXIES", 0)
AXES_IPWARE_META_PRECEDENCE_ORDER = (
    ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if AXES_IPWARE_PROXY_COUNT else ["REMOTE_ADDR"]
)
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked.html"
AXES_ENABLE_ADMIN = False
AXES_USERNAME_CALLABLE = "apps.accounts.lockout.attempt_name"
AXES_SENSITIVE_PARAMETERS = ["username", "password", "otp_token", "csrfmiddlewaretoken"]

# --- Safety of the browser ---
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("PORTAL_SSL_REDIRECT", True)
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    if env.number("PORTAL_PROXIES", 0):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# A report of the size of ОО-2 posts 3,000 cells at once.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = env.number("PORTAL_UPLOAD_MB", 20) * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "apps.core.uploadhandlers.RefuseLargeUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Language, time ---
LANGUAGE_CODE = "ru"
TIME_ZONE = "Asia/Magadan"
USE_I18N = True
USE_TZ = True
DECIMAL_SEPARATOR = ","

# --- Files ---
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if _bucket := env.text("PORTAL_S3_BUCKET"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": _bucket,
            "endpoint_url": env.text("PORTAL_S3_ENDPOINT") or None,
            "access_key": env.text("PORTAL_S3_KEY"),
            "secret_key": env.text("PORTAL_S3_SECRET"),
            "default_acl": "private",
        },
    }
FILE_UPLOAD_PERMISSIONS = 0o600

# --- Mail: SMTP by setting, otherwise files under the data folder ---
DEFAULT_FROM_EMAIL = env.text("PORTAL_MAIL_FROM", "portal@imo.example")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
if env.text("PORTAL_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("PORTAL_SMTP_HOST")
    EMAIL_PORT = env.number("PORTAL_SMTP_PORT", 587)
    EMAIL_HOST_USER = env.text("PORTAL_SMTP_USER")
    EMAIL_HOST_PASSWORD = env.text("PORTAL_SMTP_PASSWORD")
    EMAIL_USE_TLS = env.flag("PORTAL_SMTP_TLS", True)
    EMAIL_TIMEOUT = 20
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"

# --- Libraries ---
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
FILTERS_EMPTY_CHOICE_LABEL = "все"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},
        "apps": {"level": "INFO"},
    },
}
