"""The command line, all in Swedish: commands of a site, of its reports, and those that count persons."""

from functools import partial
from pathlib import Path

from generator.fingerprints import CONTENT
from generator.terminal import Commands, click

PATH = click.Path(path_type=Path)
path_option = partial(click.option, type=PATH, metavar="MAPP")
text_option = partial(click.option, default="", metavar="NAMN")
flag_option = partial(click.option, is_flag=True)
content_option = path_option(
    "--innehåll",
    "content",
    default=Path(CONTENT),
    show_default=True,
    help="Mappen med webbplats.yaml och rapporterna.",
)


@click.group(
    cls=Commands,
    options_metavar="[FLAGGOR]",
    subcommand_metavar="KOMMANDO [ARGUMENT]…",
    context_settings={"help_option_names": ["--help", "-h"]},
)
@click.version_option(package_name="bokslut", message="bokslut %(version)s")
def main() -> None:
    """Bokslut gör ett socialt bokslut av filerna i mappen content: en webbplats och en pdf."""


from generator.cli import intake, reports, sites  # noqa: E402  each adds its commands
