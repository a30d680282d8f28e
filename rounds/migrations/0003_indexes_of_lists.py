"""What lists sort by, in the order of their pages."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_codes_of_real_organisations"),
        ("rounds", "0002_observations_and_derivations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["round", "number", "id"], name="entry_by_number"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["round", "prize", "id"], name="entry_by_prize"),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["round", "created_at", "id"], name="entry_by_beginning"),
        ),
        migrations.AddIndex(
            model_name="stageentry",
            index=models.Index(fields=["stage", "score", "id"], name="stageentry_sorted_by_score"),
        ),
        migrations.AddIndex(
            model_name="stageentry",
            index=models.Index(fields=["stage", "rank", "id"], name="stageentry_by_rank"),
        ),
        migrations.AddIndex(
            model_name="stageentry",
            index=models.Index(fields=["stage", "decided_at", "id"], name="stageentry_by_decision"),
        ),
    ]
