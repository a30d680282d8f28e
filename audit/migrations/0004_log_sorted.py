"""What lists sort by, in the order of their pages."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0003_events_by_act"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["round_id", "sequence", "id"], name="audit_by_round_and_place"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["round_id", "legal_at", "id"], name="audit_by_round_and_time"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["round_id", "act", "id"], name="audit_by_round_and_act"),
        ),
    ]
