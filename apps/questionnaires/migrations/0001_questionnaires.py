import apps.questionnaires.models.asked
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('organizations', '0001_initial'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Questionnaire',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('purpose', models.TextField(help_text='Эти слова отвечающий прочтёт первыми.', verbose_name='зачем опрос')),
                ('clause', models.CharField(blank=True, max_length=10, verbose_name='пункт Положения')),
                ('audience', models.CharField(choices=[('teachers', 'педагоги'), ('young_teachers', 'молодые педагоги'), ('heads', 'руководители и их заместители'), ('all', 'руководители и педагоги')], default='teachers', max_length=20, verbose_name='кто отвечает')),
                ('mode', models.CharField(choices=[('anonymous', 'анонимно: по ссылке и QR-коду организации'), ('personal', 'по личной одноразовой ссылке из письма'), ('signed_in', 'с входом на портал, ответ с именем')], default='anonymous', max_length=12, verbose_name='как отвечают')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='открыта с')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='последний день')),
                ('state', models.CharField(choices=[('draft', 'Черновик'), ('open', 'Идёт опрос'), ('closed', 'Завершена')], default='draft', editable=False, max_length=10, verbose_name='состояние')),
                ('threshold', models.PositiveSmallIntegerField(default=5, editable=False, verbose_name='наименьшая группа, ответов')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='создана')),
                ('copied_from', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='rounds', to='questionnaires.questionnaire', verbose_name='проведена по образцу')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='составил')),
            ],
            options={
                'verbose_name': 'анкета',
                'verbose_name_plural': 'анкеты',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('closes_on', None), ('opens_on', None), ('closes_on__gte', models.F('opens_on')), _connector='OR'), name='questionnaire_closes_after_opening', violation_error_message='Последний день раньше первого.'), models.CheckConstraint(condition=models.Q(('state', 'draft'), ('opens_on__isnull', False), _connector='OR'), name='questionnaire_open_has_day', violation_error_message='У открытой анкеты указан первый день.'), models.CheckConstraint(condition=models.Q(('threshold__gte', 5)), name='questionnaire_threshold_is_five_at_least', violation_error_message='Порог не может быть меньше пяти ответов.')],
            },
        ),
        migrations.CreateModel(
            name='Invitee',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('email', models.EmailField(max_length=254, verbose_name='электронная почта')),
                ('token_hash', models.CharField(blank=True, editable=False, max_length=64)),
                ('is_sent', models.BooleanField(default=False, verbose_name='письмо отправлено')),
                ('has_answered', models.BooleanField(default=False, verbose_name='ссылка использована')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='организация')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitees', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'приглашённый к анкете',
                'verbose_name_plural': 'приглашённые к анкете',
                'ordering': ['organization__short_name', 'email'],
                'constraints': [models.UniqueConstraint(models.F('questionnaire'), django.db.models.functions.text.Lower('email'), name='invitee_once', violation_error_message='Этот адрес уже в списке.')],
                'indexes': [models.Index(fields=['token_hash'], name='invitee_token')],
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('has_answered', models.BooleanField(default=False, verbose_name='ответил')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'участие в анонимной анкете',
                'verbose_name_plural': 'участие в анонимных анкетах',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'user'), name='participation_once', violation_error_message='Участие уже отмечено.')],
            },
        ),
        migrations.CreateModel(
            name='Question',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='место')),
                ('kind', models.CharField(choices=[('single', 'один вариант из списка'), ('multiple', 'несколько вариантов из списка'), ('scale', 'оценка по шкале'), ('ranking', 'ранжирование'), ('matrix', 'утверждения и шкала (матрица)'), ('text', 'свободный ответ'), ('number', 'число')], max_length=10, verbose_name='вид')),
                ('text', models.CharField(max_length=500, verbose_name='вопрос')),
                ('help', models.CharField(blank=True, max_length=500, verbose_name='пояснение')),
                ('is_required', models.BooleanField(default=False, verbose_name='ответ обязателен')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='варианты')),
                ('has_other', models.BooleanField(default=False, verbose_name='вариант «Другое» со своим ответом')),
                ('statements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='утверждения')),
                ('low', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='не меньше')),
                ('high', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='не больше')),
                ('passport', models.CharField(blank=True, choices=[('', 'нет'), ('position', 'должность'), ('experience', 'группа по стажу')], default='', help_text='По ответам на этот вопрос итоги разложатся по должностям или стажу.', max_length=12, verbose_name='сведения об отвечающем')),
                ('shown_option', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='выбран вариант')),
                ('shown_if', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='depending', to='questionnaires.question', verbose_name='показывать, если на вопрос')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'вопрос',
                'verbose_name_plural': 'вопросы',
                'ordering': ['order', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['matrix', 'multiple', 'ranking', 'scale', 'single']), _negated=True), ('options__len__gte', 2), _connector='OR'), name='question_has_options', violation_error_message='Нужно хотя бы два варианта.'), models.CheckConstraint(condition=models.Q(models.Q(('kind', 'matrix'), _negated=True), ('statements__len__gte', 1), _connector='OR'), name='question_matrix_has_statements', violation_error_message='Нужно хотя бы одно утверждение.'), models.CheckConstraint(condition=models.Q(('passport', ''), ('kind', 'single'), _connector='OR'), name='question_passport_is_single', violation_error_message='Сведения об отвечающем берутся из вопроса с одним вариантом ответа.'), models.UniqueConstraint(condition=models.Q(('passport', ''), _negated=True), fields=('questionnaire', 'passport'), name='question_passport_once', violation_error_message='Такой вопрос об отвечающем в анкете уже есть.'), models.CheckConstraint(condition=models.Q(models.Q(('shown_if', None), ('shown_option', None)), models.Q(('shown_if__isnull', False), ('shown_option__isnull', False)), _connector='OR'), name='question_condition_is_whole', violation_error_message='Укажите и вопрос, и его вариант.'), models.CheckConstraint(condition=models.Q(('low', None), ('high', None), ('high__gte', models.F('low')), _connector='OR'), name='question_bounds_in_order', violation_error_message='Наибольшее значение меньше наименьшего.')],
            },
        ),
        migrations.CreateModel(
            name='QuestionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='место')),
                ('kind', models.CharField(choices=[('single', 'один вариант из списка'), ('multiple', 'несколько вариантов из списка'), ('scale', 'оценка по шкале'), ('ranking', 'ранжирование'), ('matrix', 'утверждения и шкала (матрица)'), ('text', 'свободный ответ'), ('number', 'число')], max_length=10, verbose_name='вид')),
                ('text', models.CharField(max_length=500, verbose_name='вопрос')),
                ('help', models.CharField(blank=True, max_length=500, verbose_name='пояснение')),
                ('is_required', models.BooleanField(default=False, verbose_name='ответ обязателен')),
                ('options', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='варианты')),
                ('has_other', models.BooleanField(default=False, verbose_name='вариант «Другое» со своим ответом')),
                ('statements', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), blank=True, default=list, size=None, verbose_name='утверждения')),
                ('low', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='не меньше')),
                ('high', models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True, verbose_name='не больше')),
                ('passport', models.CharField(blank=True, choices=[('', 'нет'), ('position', 'должность'), ('experience', 'группа по стажу')], default='', help_text='По ответам на этот вопрос итоги разложатся по должностям или стажу.', max_length=12, verbose_name='сведения об отвечающем')),
                ('shown_option', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='выбран вариант')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questionnaires.question')),
                ('shown_if', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.question', verbose_name='показывать, если на вопрос')),
                ('questionnaire', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='QuestionnaireEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=300, verbose_name='название')),
                ('purpose', models.TextField(help_text='Эти слова отвечающий прочтёт первыми.', verbose_name='зачем опрос')),
                ('clause', models.CharField(blank=True, max_length=10, verbose_name='пункт Положения')),
                ('audience', models.CharField(choices=[('teachers', 'педагоги'), ('young_teachers', 'молодые педагоги'), ('heads', 'руководители и их заместители'), ('all', 'руководители и педагоги')], default='teachers', max_length=20, verbose_name='кто отвечает')),
                ('mode', models.CharField(choices=[('anonymous', 'анонимно: по ссылке и QR-коду организации'), ('personal', 'по личной одноразовой ссылке из письма'), ('signed_in', 'с входом на портал, ответ с именем')], default='anonymous', max_length=12, verbose_name='как отвечают')),
                ('opens_on', models.DateField(blank=True, null=True, verbose_name='открыта с')),
                ('closes_on', models.DateField(blank=True, null=True, verbose_name='последний день')),
                ('state', models.CharField(choices=[('draft', 'Черновик'), ('open', 'Идёт опрос'), ('closed', 'Завершена')], default='draft', editable=False, max_length=10, verbose_name='состояние')),
                ('threshold', models.PositiveSmallIntegerField(default=5, editable=False, verbose_name='наименьшая группа, ответов')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='создана')),
                ('copied_from', models.ForeignKey(blank=True, db_constraint=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.questionnaire', verbose_name='проведена по образцу')),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='составил')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questionnaires.questionnaire')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Recipient',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(default=apps.questionnaires.models.asked.new_code, editable=False, max_length=32, unique=True, verbose_name='ссылка')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='организация')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recipients', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'опрашиваемая организация',
                'verbose_name_plural': 'опрашиваемые организации',
                'ordering': ['organization__short_name'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'organization'), name='recipient_of_questionnaire_once', violation_error_message='Эта организация уже в списке.')],
            },
        ),
        migrations.CreateModel(
            name='TextGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='группа')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='questionnaires.question', verbose_name='вопрос')),
            ],
            options={
                'verbose_name': 'группа свободных ответов',
                'verbose_name_plural': 'группы свободных ответов',
                'ordering': ['title', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('question', 'title'), name='text_group_once', violation_error_message='Такая группа уже есть.')],
            },
        ),
        migrations.CreateModel(
            name='TextGroupEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=200, verbose_name='группа')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questionnaires.textgroup')),
                ('question', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.question', verbose_name='вопрос')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('answered_on', models.DateField(verbose_name='день ответа')),
                ('values', models.JSONField(default=dict, verbose_name='ответы')),
                ('organization', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organizations.organization', verbose_name='организация')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'ответ на анкету',
                'verbose_name_plural': 'ответы на анкеты',
                'ordering': ['pk'],
                'indexes': [models.Index(fields=['questionnaire', 'organization'], name='answer_questionnaire')],
            },
        ),
        migrations.CreateModel(
            name='NamedRespondent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='respondent', to='questionnaires.answer', verbose_name='ответ')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='кто')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='respondents', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'ответивший с именем',
                'verbose_name_plural': 'ответившие с именем',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('questionnaire', 'user'), name='named_respondent_once', violation_error_message='Вы уже ответили на эту анкету.')],
            },
        ),
        migrations.CreateModel(
            name='TextCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='questionnaires.answer', verbose_name='ответ')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='questionnaires.question', verbose_name='вопрос')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='questionnaires.textgroup', verbose_name='группа')),
            ],
            options={
                'verbose_name': 'отнесение ответа к группе',
                'verbose_name_plural': 'отнесение ответов к группам',
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('answer', 'question'), name='text_code_once', violation_error_message='Ответ уже отнесён к группе.')],
            },
        ),
        migrations.CreateModel(
            name='Direction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=300, verbose_name='направление')),
                ('reason', models.TextField(verbose_name='обоснование')),
                ('evidence', models.TextField(editable=False, verbose_name='показатели анкеты на день выбора')),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='выполнено')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='выбрано')),
                ('created_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='выбрал')),
                ('questionnaire', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='directions', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'verbose_name': 'направление совершенствования',
                'verbose_name_plural': 'направления совершенствования',
                'ordering': ['-created_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='direction_rests_on_figures', violation_error_message='Направление выбирают по показателям анкеты.')],
            },
        ),
        migrations.CreateModel(
            name='DirectionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('title', models.CharField(max_length=300, verbose_name='направление')),
                ('reason', models.TextField(verbose_name='обоснование')),
                ('evidence', models.TextField(editable=False, verbose_name='показатели анкеты на день выбора')),
                ('done_on', models.DateField(blank=True, editable=False, null=True, verbose_name='выполнено')),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name='выбрано')),
                ('created_by', models.ForeignKey(db_constraint=False, editable=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='выбрал')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questionnaires.direction')),
                ('questionnaire', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='questionnaires.questionnaire', verbose_name='анкета')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='GroupThreshold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.PositiveSmallIntegerField(default=5, verbose_name='наименьшая группа, ответов')),
                ('starts_on', models.DateField(unique=True, verbose_name='с')),
            ],
            options={
                'verbose_name': 'порог показа групп',
                'verbose_name_plural': 'порог показа групп',
                'ordering': ['-starts_on'],
                'constraints': [models.CheckConstraint(condition=models.Q(('value__gte', 5)), name='threshold_is_five_at_least', violation_error_message='Порог не может быть меньше пяти ответов.')],
            },
        ),
        migrations.CreateModel(
            name='GroupThresholdEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('value', models.PositiveSmallIntegerField(default=5, verbose_name='наименьшая группа, ответов')),
                ('starts_on', models.DateField(verbose_name='с')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='questionnaires.groupthreshold')),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupthreshold',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_groupthresholdevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on", NEW."value"); RETURN NULL;', hash='08bea29348c90491b52b1d96cd7dce2ce7955542', operation='INSERT', pgid='pgtrigger_insert_insert_0f42a', table='questionnaires_groupthreshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupthreshold',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "questionnaires_groupthresholdevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on", NEW."value"); RETURN NULL;', hash='05380406cb647ebce5759e532e0a3ede17de4202', operation='UPDATE', pgid='pgtrigger_update_update_c892f', table='questionnaires_groupthreshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='groupthreshold',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_groupthresholdevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on", "value") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on", OLD."value"); RETURN NULL;', hash='604aecc1eae06c2bf5d098767308eaa52f9248a1', operation='DELETE', pgid='pgtrigger_delete_delete_671c5', table='questionnaires_groupthreshold', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='questionnaire',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_questionnaireevent" ("audience", "clause", "closes_on", "copied_from_id", "created_at", "created_by_id", "id", "mode", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "state", "threshold", "title") VALUES (NEW."audience", NEW."clause", NEW."closes_on", NEW."copied_from_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."mode", NEW."opens_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."state", NEW."threshold", NEW."title"); RETURN NULL;', hash='3387f87cb9dafbf64ea42e676e2df36a4b8feb69', operation='INSERT', pgid='pgtrigger_insert_insert_25e94', table='questionnaires_questionnaire', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='questionnaire',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "questionnaires_questionnaireevent" ("audience", "clause", "closes_on", "copied_from_id", "created_at", "created_by_id", "id", "mode", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "state", "threshold", "title") VALUES (NEW."audience", NEW."clause", NEW."closes_on", NEW."copied_from_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."mode", NEW."opens_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."state", NEW."threshold", NEW."title"); RETURN NULL;', hash='13aacfba144ca09988d606488b8d61d8deb05144', operation='UPDATE', pgid='pgtrigger_update_update_1ac9f', table='questionnaires_questionnaire', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='questionnaire',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_questionnaireevent" ("audience", "clause", "closes_on", "copied_from_id", "created_at", "created_by_id", "id", "mode", "opens_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "state", "threshold", "title") VALUES (OLD."audience", OLD."clause", OLD."closes_on", OLD."copied_from_id", OLD."created_at", OLD."created_by_id", OLD."id", OLD."mode", OLD."opens_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."state", OLD."threshold", OLD."title"); RETURN NULL;', hash='060e60b4b7b77a9921b288f30dde8991ac19dc40', operation='DELETE', pgid='pgtrigger_delete_delete_29121', table='questionnaires_questionnaire', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_questionevent" ("has_other", "help", "high", "id", "is_required", "kind", "low", "options", "order", "passport", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "shown_if_id", "shown_option", "statements", "text") VALUES (NEW."has_other", NEW."help", NEW."high", NEW."id", NEW."is_required", NEW."kind", NEW."low", NEW."options", NEW."order", NEW."passport", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."questionnaire_id", NEW."shown_if_id", NEW."shown_option", NEW."statements", NEW."text"); RETURN NULL;', hash='07eee4eea1fd29dfdf582f4e97667143a95bd9d6', operation='INSERT', pgid='pgtrigger_insert_insert_81a9d', table='questionnaires_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "questionnaires_questionevent" ("has_other", "help", "high", "id", "is_required", "kind", "low", "options", "order", "passport", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "shown_if_id", "shown_option", "statements", "text") VALUES (NEW."has_other", NEW."help", NEW."high", NEW."id", NEW."is_required", NEW."kind", NEW."low", NEW."options", NEW."order", NEW."passport", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."questionnaire_id", NEW."shown_if_id", NEW."shown_option", NEW."statements", NEW."text"); RETURN NULL;', hash='43a8f08369b2c76bcba715674fd6ccacf6f532b9', operation='UPDATE', pgid='pgtrigger_update_update_908e7', table='questionnaires_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='question',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_questionevent" ("has_other", "help", "high", "id", "is_required", "kind", "low", "options", "order", "passport", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "shown_if_id", "shown_option", "statements", "text") VALUES (OLD."has_other", OLD."help", OLD."high", OLD."id", OLD."is_required", OLD."kind", OLD."low", OLD."options", OLD."order", OLD."passport", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."questionnaire_id", OLD."shown_if_id", OLD."shown_option", OLD."statements", OLD."text"); RETURN NULL;', hash='04fae31747dac96fb75ebee714b7d7eca4128a51', operation='DELETE', pgid='pgtrigger_delete_delete_b4574', table='questionnaires_question', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='direction',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_directionevent" ("created_at", "created_by_id", "done_on", "evidence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "reason", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."done_on", NEW."evidence", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."questionnaire_id", NEW."reason", NEW."title"); RETURN NULL;', hash='65a76df15f50f7a0a794c3ef4dc01f957bd3cd9f', operation='INSERT', pgid='pgtrigger_insert_insert_0939b', table='questionnaires_direction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='direction',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "questionnaires_directionevent" ("created_at", "created_by_id", "done_on", "evidence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "reason", "title") VALUES (NEW."created_at", NEW."created_by_id", NEW."done_on", NEW."evidence", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."questionnaire_id", NEW."reason", NEW."title"); RETURN NULL;', hash='403e1c11011e24ad40ad2156e9083c8067279bea', operation='UPDATE', pgid='pgtrigger_update_update_e5f84', table='questionnaires_direction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='direction',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_directionevent" ("created_at", "created_by_id", "done_on", "evidence", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "questionnaire_id", "reason", "title") VALUES (OLD."created_at", OLD."created_by_id", OLD."done_on", OLD."evidence", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."questionnaire_id", OLD."reason", OLD."title"); RETURN NULL;', hash='1cba6384bf51d3a2a65af27cae844b58600b48f1', operation='DELETE', pgid='pgtrigger_delete_delete_5f403', table='questionnaires_direction', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textgroup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_textgroupevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."question_id", NEW."title"); RETURN NULL;', hash='14650458663b3a2b7875b9002d1328b9bd43d2d0', operation='INSERT', pgid='pgtrigger_insert_insert_e4b7c', table='questionnaires_textgroup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textgroup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "questionnaires_textgroupevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "title") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."question_id", NEW."title"); RETURN NULL;', hash='ae4526e2e90e015bc3861b1b7ecc5212083419db', operation='UPDATE', pgid='pgtrigger_update_update_27b44', table='questionnaires_textgroup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='textgroup',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "questionnaires_textgroupevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "question_id", "title") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."question_id", OLD."title"); RETURN NULL;', hash='708086951935de79839ef22070a77e01ff57be7a', operation='DELETE', pgid='pgtrigger_delete_delete_a58ab', table='questionnaires_textgroup', when='AFTER')),
        ),
    ]
