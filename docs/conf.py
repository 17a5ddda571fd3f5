"""How the documentation is built: Sphinx with MyST, in four parts (tutorial, how-to, reference, explanation)."""

from pactwatch import __version__

project = "Pactwatch"
author = "The Pactwatch developers"
release = version = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
html_theme = "furo"
html_title = f"Pactwatch {__version__}"
exclude_patterns = ["_build"]
suppress_warnings = ["myst.xref_missing"]
