"""What the log calls acts of persons and organisations."""

from django.utils.translation import pgettext_lazy

from audit.naming import register

register(
    {
        "organisation.asked_to_join": pgettext_lazy("log", "A person asked to join an organisation"),
        "organisation.changed": pgettext_lazy("log", "Profile of an organisation changed"),
        "organisation.joined": pgettext_lazy("log", "A person joined an organisation"),
        "organisation.left": pgettext_lazy("log", "A person left an organisation"),
        "organisation.registered": pgettext_lazy("log", "Organisation registered"),
        "person.invited": pgettext_lazy("log", "Person invited"),
        "person.profile": pgettext_lazy("log", "Person's profile changed"),
        "person.reminded": pgettext_lazy("log", "Invitation sent again"),
        "person.standing": pgettext_lazy("log", "Standing of an account changed"),
    }
)
