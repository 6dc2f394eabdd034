"""Why statistics refuse what is told."""

from common.errors import DomainError


class ForeignDossierError(DomainError):
    """An agency told of a dossier that another agency settles; nothing of it counts."""

    code = "foreign-dossier"
    vi = "Hồ sơ {dossier} không thuộc thẩm quyền của cơ quan {agency}."
    en = "The dossier {dossier} is not one that agency {agency} settles."
