"""By what accounts are found without reading them all."""

from typing import Final

from sqlalchemy import Index, text

_MARKED: Final = (
    "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïðñòóôõöùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢ"
    "ģĤĥĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžſƀƉƠơƯưẠạẢảẤấẦầ"
    "ẨẩẪẫẬậẮắẰằẲẳẴẵẶặẸẹẺẻẼẽẾếỀềỂểỄễỆệỈỉỊịỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỤụỦủỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹ"
)
_PLAIN: Final = (
    "aaaaaaceeeeiiiidnooooouuuuyaaaaaaceeeeiiiidnooooouuuuyyaaaaaaccccccccddddeeeeeeeeeeggggggg"
    "ghhiiiiiiiiijjkkllllllnnnnnnoooooorrrrrrssssssssttttuuuuuuuuuuuuwwyyyzzzzzzsbdoouuaaaaaaaa"
    "aaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy"
)
NAME_KEY: Final = f"lower(translate(full_name, '{_MARKED}', '{_PLAIN}'))"
"""A name without marks, in the words of its index."""

ACCOUNT_INDEXES: Final = (
    # Source: R-ACC-01, R-ACC-11: one person, one account; an organisation is one by its tax code.
    Index(
        "uq_account_id_number",
        "realm",
        "id_number",
        unique=True,
        postgresql_where=text("realm <> 'organisation'"),
    ),
    Index("uq_account_email", "email", unique=True, postgresql_where=text("realm <> 'officer'")),
    # A number nobody answered from is a note, and keeps nobody else from it.
    Index(
        "uq_account_phone",
        "phone",
        unique=True,
        postgresql_where=text("realm <> 'officer' AND phone_proven"),
    ),
    Index("uq_account_tax_code", "tax_code", unique=True),
    Index(
        "uq_account_id_number_mark",
        "realm",
        "id_number_mark",
        unique=True,
        postgresql_where=text("realm <> 'organisation'"),
    ),
    Index("uq_account_email_mark", "email_mark", unique=True, postgresql_where=text("realm <> 'officer'")),
    Index(
        "uq_account_phone_mark",
        "phone_mark",
        unique=True,
        postgresql_where=text("realm <> 'officer' AND phone_proven"),
    ),
    Index("uq_account_tax_code_mark", "tax_code_mark", unique=True),
    Index("ix_account_mailbox_mark", "mailbox_mark", postgresql_where=text("realm = 'officer'")),
    Index("uq_account_login", "login", unique=True),
    Index("ix_account_agency", "agency", postgresql_where=text("realm = 'officer'")),
    Index(
        "ix_account_closing",
        "closing_at",
        postgresql_where=text("closing_at IS NOT NULL AND erased_at IS NULL"),
    ),
    # For who asks the access log about a person: whatever the account is, and whether or not a number was proven.
    Index("ix_account_name", text(NAME_KEY)),
    Index("ix_account_number_mark", "id_number_mark"),
    Index("ix_account_any_phone_mark", "phone_mark"),
)
