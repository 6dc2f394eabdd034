"""`motcua demo`: play the main job, its feedback and rating, a question, a survey, and look at the figures."""

import sys
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from suite.demo.actors import JourneyError
from suite.demo.feedback import FeedbackAndRating
from suite.demo.figures import Look
from suite.demo.first_answers import FirstAnswers
from suite.demo.journey import MainJob, Say
from suite.demo.questions import QuestionAndAnswer, asks
from suite.demo.surveys import SurveyJob
from suite.demo.telephone import TELEPHONE
from suite.run.provinces import STANDARD
from suite.run.running import NotRunningError, running

app = typer.Typer()


@app.command()
def demo(
    times: Annotated[int, typer.Option(min=1, max=100, help="how many dossiers")] = 1,
    url: Annotated[str, typer.Option(help="address of a suite elsewhere, for example in containers")] = "",
    profile: Annotated[str, typer.Option(help="its regulation profile")] = STANDARD,
    folder: Annotated[Path, typer.Option(help="where its PDF files are put")] = Path("build/demo"),
) -> None:
    """Play a dossier, feedback on it, its rating, questions, a survey, the figures: each step, codes, due dates."""
    console = Console()
    place = (url, folder, profile) if url else _here()
    TELEPHONE.keep_at(place[1] / "telephone.json")

    def say(title: str, what: str) -> None:
        console.print(f"[bold]{title:<20}[/bold]{what}" if title else f"{'':<20}{what}", highlight=False)

    for _ in range(times):
        started = time.perf_counter()
        try:
            _play(place, say)
        except JourneyError as problem:
            print(f"The journey stopped: {problem}", file=sys.stderr)  # noqa: T201
            raise typer.Exit(1) from None
        say("Xong", f"cả hành trình trong {time.perf_counter() - started:.1f} s")


def _play(place: tuple[str, Path, str], say: Say) -> None:
    """Play everything once. Raises: JourneyError."""
    url, folder, profile = place
    code = MainJob(url, folder, say, profile).play()
    FeedbackAndRating(url, code, say, profile).play()
    if asks(url):
        FirstAnswers(url, say, profile).play()
        QuestionAndAnswer(url, say, profile).play()
    SurveyJob(url, say, profile).play()
    Look(url, say, profile).play()


def _here() -> tuple[str, Path, str]:
    """Return address, folder of papers and profile of the suite that runs on this machine."""
    try:
        plan, _ = running()
    except NotRunningError as problem:
        print(problem, file=sys.stderr)  # noqa: T201
        raise typer.Exit(1) from None
    return plan.public_url, plan.folder / "demo", plan.profile
