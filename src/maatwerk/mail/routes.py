"""Routes for mail: the delivery log, and the door at which a mail server's reports are delivered."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response
from litestar.params import QueryParameter
from msgspec import UNSET, structs

from maatwerk.http import FromPath, GivenCaller, GivenPage, Page, get, post
from maatwerk.http.problems import Unreadable
from maatwerk.mail.bouncing import note_bounce
from maatwerk.mail.queries import Attempt, LoggedMail, MailState, attempts, deliveries, delivery
from maatwerk.mail.schemas import AttemptView, BounceView, LoggedMailView, MailLogView
from maatwerk.rules.refusals import Forbidden, NotFound, Reason
from maatwerk.tenancy import scope

TAG = "Mail"
REPORTS = ("message/rfc822", "text/plain")


@get("/verzendingen", permission="verzendingen.lezen", summary="De verzonden en wachtende mails", tag=TAG)
async def list_mails(
    caller: GivenCaller,
    page: GivenPage,
    case_id: Annotated[
        UUID | None, QueryParameter(name="aanvraagId", description="Alleen mails over deze aanvraag.")
    ] = None,
    wanted: Annotated[MailState | None, QueryParameter(name="status", description="Alleen mails die zo zijn.")] = None,
) -> Response[Page[LoggedMailView]]:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        before = await page.after_id(tx)
        rows = await deliveries(tx, case_id=case_id, state=wanted, before=before, limit=page.limit)
        return await page.answer(tx, rows, mail_view, lambda row: (str(row.id),))


@get("/verzendingen/{mail_id:uuid}", permission="verzendingen.lezen", summary="Een mail met elke poging", tag=TAG)
async def show_mail(caller: GivenCaller, mail_id: FromPath[UUID]) -> MailLogView:
    async with scope(caller.tenant_id, caller.person_id) as tx:
        found = await delivery(tx, mail_id)
        log = await attempts(tx, mail_id)
    if found is None:
        raise NotFound.because("verzending_onbekend", "Deze verzending is er niet.")
    return MailLogView(**structs.asdict(mail_view(found)), log=[_attempt(each) for each in log])


@post(
    "/mail/_bounce",
    permission="mail.bounces",
    summary="Lever een bericht van een mailserver af",
    description="Een bericht volgens RFC 3464 dat een mail niet of later is bezorgd. Alleen met een token",
    tag=TAG,
    status=202,
    opt={"raw_body": REPORTS},
)
async def take_report(caller: GivenCaller, request: Request[Any, Any, Any]) -> BounceView:
    if caller.token_id is None:
        raise Forbidden.because("alleen_token", "Dit kan alleen een koppeling, met een token.")
    if request.content_type[0].lower() not in REPORTS:
        raise Unreadable((Reason("inhoudssoort", f"Stuur de inhoud als {' of '.join(REPORTS)}."),))
    raw = await request.body()
    async with scope(caller.tenant_id, caller.person_id) as tx:
        await note_bounce(tx, raw)
    return BounceView(state="ontvangen")


def mail_view(mail: LoggedMail) -> LoggedMailView:
    """A mail as the log shows it."""
    return LoggedMailView(
        id=mail.id,
        kind=mail.kind,
        state=mail.state,
        recipient=mail.address,
        attempts=mail.attempts,
        queued_at=mail.queued_at,
        case_id=mail.case_id or UNSET,
        membership_id=mail.recipient_membership or UNSET,
        sent_at=mail.sent_at or UNSET,
        failure=mail.failure or UNSET,
    )


def _attempt(attempt: Attempt) -> AttemptView:
    return AttemptView(at=attempt.at, outcome=attempt.outcome, smtp_code=attempt.smtp_code or UNSET)


HANDLERS = [list_mails, show_mail, take_report]
