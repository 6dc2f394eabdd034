"""Keep who holds the province's posts."""

from alembic import op

revision = "0023"
down_revision = "0022"

STATEMENTS = (
    """CREATE TABLE role_holder (
    id UUID NOT NULL,
    post VARCHAR(20) NOT NULL,
    body VARCHAR(200) NOT NULL,
    substitute VARCHAR(200) NOT NULL,
    document_number VARCHAR(60) NOT NULL,
    from_on DATE NOT NULL,
    until_on DATE,
    entered_by VARCHAR(60) NOT NULL,
    entered_at TIMESTAMP WITH TIME ZONE NOT NULL,
    CONSTRAINT pk_role_holder PRIMARY KEY (id)
)""",
    "CREATE UNIQUE INDEX uq_role_holder_post ON role_holder (post, from_on)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
