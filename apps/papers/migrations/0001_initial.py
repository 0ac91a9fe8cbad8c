import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('core', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberSequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('register', models.CharField(max_length=30, verbose_name='регистр')),
                ('year', models.SmallIntegerField(verbose_name='год')),
                ('last', models.PositiveIntegerField(default=0, verbose_name='последний номер')),
            ],
            options={
                'verbose_name': 'счётчик номеров',
                'verbose_name_plural': 'счётчики номеров',
                'constraints': [models.UniqueConstraint(fields=('register', 'year'), name='sequence_once', violation_error_message='Счётчик этого года уже есть.')],
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('monitoring_report', 'Отчёт о мониторинге')], max_length=30, verbose_name='вид')),
                ('register', models.CharField(max_length=30, verbose_name='регистр')),
                ('year', models.SmallIntegerField(verbose_name='год')),
                ('ordinal', models.PositiveIntegerField(verbose_name='порядковый номер')),
                ('number', models.CharField(max_length=40, verbose_name='номер')),
                ('title', models.CharField(max_length=400, verbose_name='заголовок')),
                ('code', models.CharField(max_length=20, unique=True, verbose_name='код проверки')),
                ('subject_type', models.CharField(blank=True, max_length=60, verbose_name='вид предмета')),
                ('subject_id', models.CharField(blank=True, max_length=40, verbose_name='номер предмета')),
                ('state', models.CharField(choices=[('valid', 'Действует'), ('revoked', 'Отозван')], default='valid', editable=False, max_length=10, verbose_name='состояние')),
                ('signatory_name', models.CharField(max_length=200, verbose_name='подписал')),
                ('signatory_title', models.CharField(max_length=300, verbose_name='должность')),
                ('signatory_basis', models.CharField(blank=True, max_length=300, verbose_name='основание')),
                ('snapshot', models.JSONField(default=dict, verbose_name='содержание')),
                ('department_number', models.CharField(blank=True, max_length=50, verbose_name='номер департамента')),
                ('department_date', models.DateField(blank=True, null=True, verbose_name='дата департамента')),
                ('issued_on', models.DateField(verbose_name='дата выдачи')),
                ('issued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='выдан')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='отозван')),
                ('revocation_reason', models.CharField(blank=True, max_length=500, verbose_name='причина отзыва')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.storedfile', verbose_name='файл')),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='выдал')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='отозвал')),
            ],
            options={
                'verbose_name': 'выданный документ',
                'verbose_name_plural': 'выданные документы',
                'ordering': ['-issued_at', '-pk'],
                'constraints': [models.UniqueConstraint(fields=('register', 'year', 'ordinal'), name='paper_number_once', violation_error_message='Документ с этим номером уже выдан.'), models.CheckConstraint(condition=models.Q(models.Q(('revoked_at', None), ('state', 'valid')), models.Q(('revoked_at__isnull', False), ('state', 'revoked'), models.Q(('revocation_reason', ''), _negated=True)), _connector='OR'), name='paper_revoked_with_reason', violation_error_message='Отзыв документа требует причины.')],
                'indexes': [models.Index(fields=['subject_type', 'subject_id'], name='paper_subject')],
            },
        ),
        migrations.CreateModel(
            name='PaperEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('monitoring_report', 'Отчёт о мониторинге')], max_length=30, verbose_name='вид')),
                ('register', models.CharField(max_length=30, verbose_name='регистр')),
                ('year', models.SmallIntegerField(verbose_name='год')),
                ('ordinal', models.PositiveIntegerField(verbose_name='порядковый номер')),
                ('number', models.CharField(max_length=40, verbose_name='номер')),
                ('title', models.CharField(max_length=400, verbose_name='заголовок')),
                ('code', models.CharField(max_length=20, verbose_name='код проверки')),
                ('subject_type', models.CharField(blank=True, max_length=60, verbose_name='вид предмета')),
                ('subject_id', models.CharField(blank=True, max_length=40, verbose_name='номер предмета')),
                ('state', models.CharField(choices=[('valid', 'Действует'), ('revoked', 'Отозван')], default='valid', editable=False, max_length=10, verbose_name='состояние')),
                ('signatory_name', models.CharField(max_length=200, verbose_name='подписал')),
                ('signatory_title', models.CharField(max_length=300, verbose_name='должность')),
                ('signatory_basis', models.CharField(blank=True, max_length=300, verbose_name='основание')),
                ('department_number', models.CharField(blank=True, max_length=50, verbose_name='номер департамента')),
                ('department_date', models.DateField(blank=True, null=True, verbose_name='дата департамента')),
                ('issued_on', models.DateField(verbose_name='дата выдачи')),
                ('issued_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='выдан')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='отозван')),
                ('revocation_reason', models.CharField(blank=True, max_length=500, verbose_name='причина отзыва')),
                ('file', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='core.storedfile', verbose_name='файл')),
                ('issued_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='выдал')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='papers.paper')),
                ('revoked_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='отозвал')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_paperevent" ("code", "department_date", "department_number", "file_id", "id", "issued_at", "issued_by_id", "issued_on", "kind", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "revocation_reason", "revoked_at", "revoked_by_id", "signatory_basis", "signatory_name", "signatory_title", "state", "subject_id", "subject_type", "title", "year") VALUES (NEW."code", NEW."department_date", NEW."department_number", NEW."file_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."kind", NEW."number", NEW."ordinal", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."register", NEW."revocation_reason", NEW."revoked_at", NEW."revoked_by_id", NEW."signatory_basis", NEW."signatory_name", NEW."signatory_title", NEW."state", NEW."subject_id", NEW."subject_type", NEW."title", NEW."year"); RETURN NULL;', hash='1022d39ee757253c10fad7619291bdb9d6221475', operation='INSERT', pgid='pgtrigger_insert_insert_b0728', table='papers_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."department_date" IS DISTINCT FROM (NEW."department_date") OR OLD."department_number" IS DISTINCT FROM (NEW."department_number") OR OLD."file_id" IS DISTINCT FROM (NEW."file_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."issued_at" IS DISTINCT FROM (NEW."issued_at") OR OLD."issued_by_id" IS DISTINCT FROM (NEW."issued_by_id") OR OLD."issued_on" IS DISTINCT FROM (NEW."issued_on") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."ordinal" IS DISTINCT FROM (NEW."ordinal") OR OLD."register" IS DISTINCT FROM (NEW."register") OR OLD."revocation_reason" IS DISTINCT FROM (NEW."revocation_reason") OR OLD."revoked_at" IS DISTINCT FROM (NEW."revoked_at") OR OLD."revoked_by_id" IS DISTINCT FROM (NEW."revoked_by_id") OR OLD."signatory_basis" IS DISTINCT FROM (NEW."signatory_basis") OR OLD."signatory_name" IS DISTINCT FROM (NEW."signatory_name") OR OLD."signatory_title" IS DISTINCT FROM (NEW."signatory_title") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."subject_id" IS DISTINCT FROM (NEW."subject_id") OR OLD."subject_type" IS DISTINCT FROM (NEW."subject_type") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."year" IS DISTINCT FROM (NEW."year"))', func='INSERT INTO "papers_paperevent" ("code", "department_date", "department_number", "file_id", "id", "issued_at", "issued_by_id", "issued_on", "kind", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "revocation_reason", "revoked_at", "revoked_by_id", "signatory_basis", "signatory_name", "signatory_title", "state", "subject_id", "subject_type", "title", "year") VALUES (NEW."code", NEW."department_date", NEW."department_number", NEW."file_id", NEW."id", NEW."issued_at", NEW."issued_by_id", NEW."issued_on", NEW."kind", NEW."number", NEW."ordinal", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."register", NEW."revocation_reason", NEW."revoked_at", NEW."revoked_by_id", NEW."signatory_basis", NEW."signatory_name", NEW."signatory_title", NEW."state", NEW."subject_id", NEW."subject_type", NEW."title", NEW."year"); RETURN NULL;', hash='a14eb882eec3ed50b31fa2558dfe6dc854ae20c5', operation='UPDATE', pgid='pgtrigger_update_update_de34d', table='papers_paper', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='paper',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "papers_paperevent" ("code", "department_date", "department_number", "file_id", "id", "issued_at", "issued_by_id", "issued_on", "kind", "number", "ordinal", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "register", "revocation_reason", "revoked_at", "revoked_by_id", "signatory_basis", "signatory_name", "signatory_title", "state", "subject_id", "subject_type", "title", "year") VALUES (OLD."code", OLD."department_date", OLD."department_number", OLD."file_id", OLD."id", OLD."issued_at", OLD."issued_by_id", OLD."issued_on", OLD."kind", OLD."number", OLD."ordinal", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."register", OLD."revocation_reason", OLD."revoked_at", OLD."revoked_by_id", OLD."signatory_basis", OLD."signatory_name", OLD."signatory_title", OLD."state", OLD."subject_id", OLD."subject_type", OLD."title", OLD."year"); RETURN NULL;', hash='85c9e1907cfb69b753492c40593142d1390a50fd', operation='DELETE', pgid='pgtrigger_delete_delete_835e6', table='papers_paper', when='AFTER')),
        ),
    ]
