import django.contrib.auth.validators
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    """The user alone, so that every app may refer to it from its own first migration."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=150, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator()], verbose_name='имя для входа')),
                ('last_name', models.CharField(max_length=100, verbose_name='фамилия')),
                ('first_name', models.CharField(max_length=100, verbose_name='имя')),
                ('middle_name', models.CharField(blank=True, max_length=100, verbose_name='отчество')),
                ('position', models.CharField(blank=True, max_length=200, verbose_name='должность')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='электронная почта')),
                ('is_active', models.BooleanField(default=True, verbose_name='может входить')),
                ('is_demo', models.BooleanField(default=False, editable=False, verbose_name='демонстрационный')),
                ('session_salt', models.CharField(blank=True, default='', editable=False, max_length=32)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='создан')),
            ],
            options={
                'verbose_name': 'пользователь',
                'verbose_name_plural': 'пользователи',
                'ordering': ['last_name', 'first_name', 'pk'],
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='user_username_any_case', violation_error_message='Такое имя для входа уже занято.')],
            },
        ),
    ]
