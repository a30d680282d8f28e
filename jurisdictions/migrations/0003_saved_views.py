"""Views of lists that people keep, and share with the office."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jurisdictions", "0002_published_policies_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_key", models.CharField(max_length=80, verbose_name="list")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.TextField(blank=True, verbose_name="query")),
                ("shared", models.BooleanField(default=False, verbose_name="shared with the office")),
                ("is_default", models.BooleanField(default=False, verbose_name="opens first")),
                ("saved_at", models.DateTimeField(verbose_name="saved at")),
                (
                    "jurisdiction",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to="jurisdictions.jurisdiction",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "ordering": ("name", "pk"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("shared", True)),
                        fields=["jurisdiction", "list_key"],
                        name="saved_view_shared",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "list_key", "jurisdiction", "name"), name="one_saved_view_per_name"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("jurisdiction", None)),
                        fields=("person", "list_key", "name"),
                        name="one_saved_view_per_name_anywhere",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("person", "list_key", "jurisdiction"),
                        name="one_default_view_per_list",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True), ("jurisdiction", None)),
                        fields=("person", "list_key"),
                        name="one_default_view_anywhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("shared", False), ("jurisdiction__isnull", False), _connector="OR"),
                        name="a_shared_view_belongs_to_a_jurisdiction",
                    ),
                ],
            },
        ),
    ]
