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
        ('papers', '0003_activity_reports'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ActivityReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('activity', 'О деятельности ИМО'), ('plan', 'Об исполнении плана'), ('person', 'О деятельности методиста')], max_length=10, verbose_name='вид')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('first_day', models.DateField(verbose_name='с')),
                ('last_day', models.DateField(verbose_name='по')),
                ('state', models.CharField(choices=[('draft', 'Готовится'), ('on_approval', 'На утверждении'), ('approved', 'Утверждён')], default='draft', editable=False, max_length=12, verbose_name='состояние')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='правка')),
                ('frozen_on', models.DateField(blank=True, editable=False, null=True, verbose_name='показатели на дату')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='создан')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='составил')),
                ('paper', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='papers.paper', verbose_name='выданный документ')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='о чьей деятельности')),
            ],
            options={
                'verbose_name': 'отчёт о деятельности',
                'verbose_name_plural': 'отчёты о деятельности',
                'ordering': ['-last_day', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='activity_days_in_order', violation_error_message='Период не может закончиться раньше, чем начался.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'person'), ('person__isnull', False)), models.Q(models.Q(('kind', 'person'), _negated=True), ('person', None)), _connector='OR'), name='activity_person_where_due', violation_error_message='Сотрудника указывают только в отчёте о деятельности методиста.'), models.CheckConstraint(condition=models.Q(models.Q(('frozen_on', None), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('frozen_on__isnull', False)), _connector='OR'), name='activity_frozen_once_sent', violation_error_message='Показатели отправленного отчёта зафиксированы на дату.'), models.CheckConstraint(condition=models.Q(models.Q(('paper__isnull', False), ('state', 'approved')), models.Q(models.Q(('state', 'approved'), _negated=True), ('paper', None)), _connector='OR'), name='activity_approved_with_paper', violation_error_message='Утверждённый отчёт имеет документ, неутверждённый его не имеет.')],
            },
        ),
        migrations.CreateModel(
            name='ActivityReportEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('activity', 'О деятельности ИМО'), ('plan', 'Об исполнении плана'), ('person', 'О деятельности методиста')], max_length=10, verbose_name='вид')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('first_day', models.DateField(verbose_name='с')),
                ('last_day', models.DateField(verbose_name='по')),
                ('state', models.CharField(choices=[('draft', 'Готовится'), ('on_approval', 'На утверждении'), ('approved', 'Утверждён')], default='draft', editable=False, max_length=12, verbose_name='состояние')),
                ('revision', models.PositiveIntegerField(default=0, editable=False, verbose_name='правка')),
                ('frozen_on', models.DateField(blank=True, editable=False, null=True, verbose_name='показатели на дату')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name='создан')),
                ('created_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='составил')),
                ('paper', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='papers.paper', verbose_name='выданный документ')),
                ('person', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='о чьей деятельности')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.activityreport')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportSection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='порядок')),
                ('kind', models.CharField(choices=[('text', 'Текст'), ('list', 'Показатели списком'), ('table', 'Таблица: период, год назад, изменение'), ('chart', 'Диаграмма')], default='text', max_length=5, verbose_name='вид')),
                ('title', models.CharField(max_length=200, verbose_name='заголовок')),
                ('text', models.TextField(blank=True, verbose_name='текст')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sections', to='reports.activityreport', verbose_name='отчёт')),
            ],
            options={
                'verbose_name': 'раздел отчёта',
                'verbose_name_plural': 'разделы отчётов',
                'ordering': ['report', 'order', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='ReportFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='порядок')),
                ('indicator', models.CharField(max_length=80, verbose_name='показатель')),
                ('value', models.DecimalField(decimal_places=4, editable=False, max_digits=20, null=True, verbose_name='значение')),
                ('before', models.DecimalField(decimal_places=4, editable=False, max_digits=20, null=True, verbose_name='год назад')),
                ('names', models.JSONField(editable=False, null=True, verbose_name='что посчитано')),
                ('section', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='reports.reportsection', verbose_name='раздел')),
            ],
            options={
                'verbose_name': 'показатель отчёта',
                'verbose_name_plural': 'показатели отчётов',
                'ordering': ['section', 'order', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('section', 'indicator'), name='figure_once_in_section', violation_error_message='Этот показатель в разделе уже есть.')],
            },
        ),
        migrations.CreateModel(
            name='ReportFigureEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='порядок')),
                ('indicator', models.CharField(max_length=80, verbose_name='показатель')),
                ('value', models.DecimalField(decimal_places=4, editable=False, max_digits=20, null=True, verbose_name='значение')),
                ('before', models.DecimalField(decimal_places=4, editable=False, max_digits=20, null=True, verbose_name='год назад')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.reportfigure')),
                ('section', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.reportsection', verbose_name='раздел')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ReportSectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='порядок')),
                ('kind', models.CharField(choices=[('text', 'Текст'), ('list', 'Показатели списком'), ('table', 'Таблица: период, год назад, изменение'), ('chart', 'Диаграмма')], default='text', max_length=5, verbose_name='вид')),
                ('title', models.CharField(max_length=200, verbose_name='заголовок')),
                ('text', models.TextField(blank=True, verbose_name='текст')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='reports.reportsection')),
                ('report', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='reports.activityreport', verbose_name='отчёт')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityreport',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_activityreportevent" ("created_at", "created_by_id", "first_day", "frozen_on", "id", "kind", "last_day", "paper_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."first_day", NEW."frozen_on", NEW."id", NEW."kind", NEW."last_day", NEW."paper_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."revision", NEW."state", NEW."title"); RETURN NULL;', hash='40a3673cc62b2c45aeb38ffe4fe674f263586c40', operation='INSERT', pgid='pgtrigger_insert_insert_674c2', table='reports_activityreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityreport',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_activityreportevent" ("created_at", "created_by_id", "first_day", "frozen_on", "id", "kind", "last_day", "paper_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."first_day", NEW."frozen_on", NEW."id", NEW."kind", NEW."last_day", NEW."paper_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."revision", NEW."state", NEW."title"); RETURN NULL;', hash='fb7b304c51047b80019be73552462f6f826ef2e6', operation='UPDATE', pgid='pgtrigger_update_update_810fb', table='reports_activityreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activityreport',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_activityreportevent" ("created_at", "created_by_id", "first_day", "frozen_on", "id", "kind", "last_day", "paper_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "revision", "state", "title") VALUES (OLD."created_at", OLD."created_by_id", OLD."first_day", OLD."frozen_on", OLD."id", OLD."kind", OLD."last_day", OLD."paper_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."revision", OLD."state", OLD."title"); RETURN NULL;', hash='dd1dd90a04ec640ba7b16298c10b027ebc28d5d4', operation='DELETE', pgid='pgtrigger_delete_delete_55d8c', table='reports_activityreport', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportsection',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportsectionevent" ("id", "kind", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text", "title") VALUES (NEW."id", NEW."kind", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."report_id", NEW."text", NEW."title"); RETURN NULL;', hash='24ff2bc754290e2baf08d98aec12047621273d73', operation='INSERT', pgid='pgtrigger_insert_insert_7a997', table='reports_reportsection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportsection',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "reports_reportsectionevent" ("id", "kind", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text", "title") VALUES (NEW."id", NEW."kind", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."report_id", NEW."text", NEW."title"); RETURN NULL;', hash='88cfa4347e993258a59874c80a5289e46d1241fd', operation='UPDATE', pgid='pgtrigger_update_update_62e47', table='reports_reportsection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportsection',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportsectionevent" ("id", "kind", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "report_id", "text", "title") VALUES (OLD."id", OLD."kind", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."report_id", OLD."text", OLD."title"); RETURN NULL;', hash='29640e942a400cbf1427b9dbfffa177889da9075', operation='DELETE', pgid='pgtrigger_delete_delete_69f58', table='reports_reportsection', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportfigure',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportfigureevent" ("before", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section_id", "value") VALUES (NEW."before", NEW."id", NEW."indicator", NEW."order", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."section_id", NEW."value"); RETURN NULL;', hash='49e4463eb9a3c03d393ec16ad8a0c4adfc7ad84c', operation='INSERT', pgid='pgtrigger_insert_insert_4c598', table='reports_reportfigure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportfigure',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."indicator" IS DISTINCT FROM (NEW."indicator") OR OLD."order" IS DISTINCT FROM (NEW."order") OR OLD."section_id" IS DISTINCT FROM (NEW."section_id") OR OLD."value" IS DISTINCT FROM (NEW."value"))', func='INSERT INTO "reports_reportfigureevent" ("before", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section_id", "value") VALUES (NEW."before", NEW."id", NEW."indicator", NEW."order", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."section_id", NEW."value"); RETURN NULL;', hash='a3fc787b3b0d0b704a5cc819d685122adc535cce', operation='UPDATE', pgid='pgtrigger_update_update_88e9d', table='reports_reportfigure', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='reportfigure',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "reports_reportfigureevent" ("before", "id", "indicator", "order", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "section_id", "value") VALUES (OLD."before", OLD."id", OLD."indicator", OLD."order", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."section_id", OLD."value"); RETURN NULL;', hash='62d247d7bbe38107f15ad419aed912b8dc60219b', operation='DELETE', pgid='pgtrigger_delete_delete_13d93', table='reports_reportfigure', when='AFTER')),
        ),
    ]
