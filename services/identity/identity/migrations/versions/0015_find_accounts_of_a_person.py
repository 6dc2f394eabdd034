"""Find accounts by name, number and telephone, whatever kind they are, for who asks the access log about a person."""

from alembic import op

revision = "0015"
down_revision = "0014"

MARKED = (
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢ"
    "ģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſƀƉƠơƯưẠạẢảẤấẦầ"
    "ẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
)
PLAIN = (
    "aaaaaaceeeeiiiidnooooouuuuyaaaaaaceeeeiiiidnooooouuuuyyaaaaaaccccccccddddeeeeeeeeeeggggggg"
    "ghhiiiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzsbdoouuaaaaaaaa"
    "aaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"
)
STATEMENTS = (
    f"CREATE INDEX ix_account_name ON account (lower(translate(full_name, '{MARKED}', '{PLAIN}')))",
    "CREATE INDEX ix_account_number_mark ON account (id_number_mark)",
    "CREATE INDEX ix_account_any_phone_mark ON account (phone_mark)",
    "CREATE INDEX ix_suspension_account ON suspension (account_id)",
    "CREATE INDEX ix_grant_proposal_account ON grant_proposal (account_id)",
)


def upgrade() -> None:
    """Add what is new."""
    for statement in STATEMENTS:
        op.execute(statement)
