"""What pages of other apps say about the hall: is there one, and what is my number."""

from django import template

from services.hall import lists
from services.hall.models import HallRule

register = template.Library()


@register.simple_tag
def halls_of(offices) -> set[str]:
    """The region codes of those that give queue tickets."""
    rules = HallRule.objects.filter(gives_tickets=True, office__in=offices)
    return set(rules.values_list("office__region_code", flat=True))


@register.simple_tag
def gives_tickets(office) -> bool:
    return office.is_active and HallRule.of(office).gives_tickets


@register.simple_tag
def own_ticket(applicant, office):
    """The next number that this person has at this office, or None."""
    return next((t for t in lists.own(applicant) if t.office_id == office.pk), None)
