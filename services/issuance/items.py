"""What there is to look at in a case: each section of the AK/II and each document."""

from dataclasses import dataclass

from django.utils.functional import Promise

from applicants import rules as applicant_rules
from applicants.models import DocumentKind
from services.issuance.models import Application


@dataclass(frozen=True)
class Item:
    """`key` stands in verdicts and corrections; a document's key is its kind."""

    key: str
    title: str | Promise


SECTIONS = tuple(Item(s.key, s.title) for s in applicant_rules.SECTIONS)
PAPERS = tuple(Item(kind.value, kind.label) for kind in DocumentKind)
ITEM_TITLES = {item.key: item.title for item in SECTIONS + PAPERS}


def of(application: Application) -> list[Item]:
    """The sections, then the kinds of document this person sent."""
    kinds = {document.kind for document in application.applicant.documents.all()}
    return [*SECTIONS, *(item for item in PAPERS if item.key in kinds)]
