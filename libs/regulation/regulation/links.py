"""Addresses that stand on papers, in QR codes and in letters: whoever serves the public answers them for ever.

Each is a path below the public address of the suite, `{code}` the dossier's or the paper's.
"""

from typing import Final

TRACKING: Final = "/tra-cuu/{code}"
"""Where anybody looks a dossier up; the QR code of every paper. Source: TN Đ.11.6.c; R-TRK-02"""
VERIFICATION: Final = "/xac-minh/{code}"
"""Where anybody checks a signed paper. Source: BD Đ.9.2.b; R-RES-07"""
OWN_DOSSIER: Final = "/ho-so-cua-toi/{code}"
"""The applicant's page of a dossier."""
HANDLED_DOSSIER: Final = "/can-bo/giai-quyet/{code}"
"""The officer's page of a dossier; without a code, the work list."""
STATUS: Final = "/trang-thai"
"""Where anybody sees whether the system works, and what is known of an incident. Source: NB Đ.8.1; R-OPS-02"""
RECOVERY: Final = "/password-reset"
"""Where a forgotten account is recovered."""
GRANTS: Final = "/can-bo/quan-tri/cap-quyen"
"""Where an officer confirms or refuses a right that somebody else wants to grant."""
SIGN_IN: Final = "/sign-in"
"""Where somebody told of a first password signs in."""
ANSWERS: Final = "/hoi-dap"
"""Where anybody searches the published answers, and asks. Source: R-QNA-01; R-QNA-22"""
ANSWER: Final = "/hoi-dap/tra-loi/{number}"
"""A published answer."""
FOLLOWED_QUESTION: Final = "/hoi-dap/theo-doi/{key}"
"""The page of a question for whoever holds its key. Source: R-QNA-25"""
OWN_QUESTION: Final = "/hoi-dap/cua-toi/{number}"
"""The asker's page of a question, in the account."""
HANDLED_QUESTION: Final = "/can-bo/hoi-dap/{number}"
"""The officer's page of a question."""
