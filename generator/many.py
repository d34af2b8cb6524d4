"""Many sites in one run, each a transaction of its own: what is sound is published, the rest stays as is."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from generator.build import Built, build
from generator.engines import SerialExecutor, results_in_order
from generator.fingerprints import PDFS, SITE_FILE, is_report
from generator.model.frozen import Frozen
from generator.model.places import ContentError, ToldError
from generator.publishing.folder import machine_error

_PAGES, _PDF = 0.3, 3  # seconds, of a report
_UNDER_WAY = 8  # sites under way, each waiting for the work on its reports


class SiteOutcome(Frozen):
    """What became of a site: it was built, or why not."""

    content: Path
    built: Built | None
    error: ContentError | ToldError | None = None


def sites_in(content: Path) -> list[Path]:
    """The content folder; or the sites right under it, when it is none itself but holds some."""
    below = [] if (content / SITE_FILE).exists() else sorted(content.glob(f"*/{SITE_FILE}"))
    return [path.parent for path in below if path.parent.name[0] not in "._~"] or [content]


def seconds_for(sites: Sequence[Path], pdfs: Sequence[str]) -> float:
    """About how long one process takes to build all reports anew."""
    reports = sum(map(is_report, (folder for site in sites for folder in site.glob("*"))))
    return reports * (_PAGES + _PDF * len(pdfs))


def build_sites(
    sites: Sequence[Path],
    folder: Path,
    engine: Executor,
    *,
    pdfs: Sequence[str] = PDFS,
    is_audit: bool = False,
) -> Iterator[SiteOutcome]:
    """Builds each site into the folder of its name, in their order."""

    def outcome(content: Path) -> SiteOutcome:
        target = folder / content.name
        try:
            built = build(content, target, lambda _: None, pdfs=pdfs, is_audit=is_audit, engine=engine)
        except (ContentError, ToldError) as error:
            return SiteOutcome(content, None, error)
        except (OSError, MemoryError) as error:
            return SiteOutcome(content, None, machine_error(error))
        return SiteOutcome(content, built)

    if isinstance(engine, SerialExecutor):
        yield from map(outcome, sites)
        return
    with ThreadPoolExecutor(min(_UNDER_WAY, len(sites))) as threads:
        yield from results_in_order(threads, outcome, sites)
