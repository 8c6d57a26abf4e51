"""Old beside new: what an application said when it was sent back, and says now.

What an application said when it was sent back is kept sealed until it is decided,
answers and documents, so that the officer sees old beside new. Then it is forgotten.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import override

from ak1portal.sealed import default_storage
from ak1portal.tokens import new_token
from applicants import answers
from services.issuance.models import Application
from services.review.models import Earlier, EarlierPage


@dataclass(frozen=True)
class Was:
    """What one item said before. `lines`: pairs of a question and its lines."""

    is_changed: bool
    lines: list[tuple[str, list[str]]] = field(default_factory=list)
    pages: list[EarlierPage] = field(default_factory=list)


def remember(application: Application) -> None:
    """Keep what an application, that its caller has locked, says at this moment."""
    forget(application)
    earlier = Earlier(application=application)
    earlier.told = _told(application)
    earlier.save()
    for document in application.applicant.documents.prefetch_related("pages"):
        for page in document.pages.all():
            name = default_storage.write(f"earlier/{new_token()}.jpg", page.read())
            EarlierPage.objects.create(
                earlier=earlier,
                kind=document.kind,
                document=document.token,
                sha256=page.sha256,
                file=name,
                width=page.width,
                height=page.height,
            )


@transaction.atomic
def forget(application: Application) -> None:
    """It is decided: nobody needs what it said before. The files go with the commit."""
    for page in EarlierPage.objects.filter(earlier__application=application):
        default_storage.delete_after_commit(page.file)
    Earlier.objects.filter(application=application).delete()


def of(application: Application) -> dict[str, Was]:
    """Item key -> what it was; empty for an application that never came back."""
    earlier = Earlier.objects.filter(application=application).first()
    if earlier is None:
        return {}
    before, now = earlier.told, _told(application)
    was = {}
    for key, lines in now.items():
        is_changed = before.get(key) != lines
        was[key] = Was(is_changed, _differing(before.get(key, []), lines))
    was.update(_papers(application, earlier))
    return was


def _told(application: Application) -> dict[str, list]:
    """In one language, so that the same answers are the same text."""
    with override("id"):
        return {
            part.section.key: [
                [str(answer.question), [str(line) for line in answer.lines]]
                for answer in part.answers
            ]
            for part in answers.of(application.applicant)
        }


def _differing(before: list, now: list) -> list[tuple[str, list[str]]]:
    """The answers of before that are not among those of now."""
    return [
        (question, lines) for question, lines in before if [question, lines] not in now
    ]


def _papers(application, earlier) -> dict[str, Was]:
    pages, was = {}, {}
    for page in earlier.pages.all():
        pages.setdefault(page.kind, []).append(page)
    now = {}
    for document in application.applicant.documents.prefetch_related("pages"):
        hashes = [bytes(page.sha256) for page in document.pages.all()]
        now.setdefault(document.kind, []).extend(hashes)
    for kind, hashes in now.items():
        old = pages.get(kind, [])
        is_changed = [bytes(page.sha256) for page in old] != hashes
        gone = [page for page in old if bytes(page.sha256) not in hashes]
        was[kind] = Was(is_changed, pages=gone)
    return was
