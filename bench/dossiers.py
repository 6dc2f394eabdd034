"""A year of a province in intake's tables: made up, but shaped like one, and written by the server itself."""

import asyncpg
import orjson
from regulation.zone import ZONE
from suite.demo.example import ANSWERS

_ANSWERS = orjson.dumps({name: value for page in ANSWERS.values() for name, value in page.items()}).decode()

# One agency in eight dossiers is the desk that is measured; 129 communes share the rest, few with many.
# Nine in ten dossiers are closed; the open ones are of the last weeks, and their deadlines lie around today.
_DRAW = """
create temp table drawn as
select n,
  case when n % 8 = 0 then 'H42.101' else 'H42.' || (200 + floor(129 * power(random(), 2)))::int end as agency,
  case when n % 10 = 0 then now() - random() * interval '20 days'
       else now() - interval '21 days' - random() * interval '340 days' end as submitted_at,
  case when n % 10 = 0 then
    (array['submitted', 'submitted', 'supplement_requested', 'accepted', 'in_process', 'in_process', 'in_process',
           'in_process', 'awaiting_signature', 'result_ready'])[1 + floor(random() * 10)::int]
    else (array['returned', 'returned', 'returned', 'returned', 'returned', 'returned', 'returned', 'returned',
                'refused', 'redirected'])[1 + floor(random() * 10)::int] end as state,
  1 + floor(random() * 10)::int as family, 1 + floor(random() * 8)::int as middle,
  1 + floor(random() * 12)::int as given,
  1 + floor(random() * (select count(*) from procedure_version))::int as procedure,
  random() as dice
from generate_series(1, $1::int) n
"""
_WRITE = """
with named as (
  select d.*, p.code as procedure_code, p.version as procedure_version, p.content ->> 'field' as field,
    (array['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Phan', 'Vũ', 'Đặng', 'Bùi', 'Đỗ'])[family] || ' ' ||
    (array['Thị', 'Văn', 'Đức', 'Minh', 'Thu', 'Quang', 'Ngọc', 'Xuân'])[middle] || ' ' ||
    (array['Ánh', 'Bình', 'Châu', 'Dũng', 'Hạnh', 'Hùng', 'Lan', 'Long', 'Mai', 'Nam', 'Sơn', 'Yến'])[given] as name,
    (array['nguyen', 'tran', 'le', 'pham', 'hoang', 'phan', 'vu', 'dang', 'bui', 'do'])[family] || ' ' ||
    (array['thi', 'van', 'duc', 'minh', 'thu', 'quang', 'ngoc', 'xuan'])[middle] || ' ' ||
    (array['anh', 'binh', 'chau', 'dung', 'hanh', 'hung', 'lan', 'long', 'mai', 'nam', 'son', 'yen'])[given] as folded,
    agency || '-' || to_char(submitted_at, 'YYMMDD') || '-' || lpad((8999 - row_number() over (
      partition by agency, to_char(submitted_at, 'YYMMDD') order by n))::text, 4, '0') as code,
    case when state in ('submitted', 'supplement_requested') then submitted_at + interval '8 hours'
         else submitted_at + interval '1 day' * (1 + dice * 28) end as next_due
  from drawn d
  join (select row_number() over (order by code, version) as place, * from procedure_version) p on p.place = d.procedure
)
insert into dossier (code, version, state, owner_id, submitter_id, applicant_name, applicant, search_key, event_key,
  channel, receiving_point, competent_agency, received_at, competent_received_at, verified_identity, digitised, reused,
  from_vault, paid_online, procedure_code, procedure_version, field, service_level, answers, declaration_version,
  result_channel, submitted_at, check_started_at, check_due_at, check_ledger, checked_at, checked_by, check_overdue,
  next_due_at, supplement_count, accepted_at, due_at, due_sentence, unit, unit_version, step_no,
  step_count, step_name, step_name_en, returned_at, updated_at)
select code, 3, state, 'citizen-' || n % 60000, 'citizen-' || n % 60000, name,
  jsonb_build_object('name', name, 'phone', '09' || lpad((n % 60000)::text, 8, '0'),
    'id_number', lpad((n % 60000)::text, 12, '0')),
  folded || ' 09' || lpad((n % 60000)::text, 8, '0') || ' ' || lpad((n % 60000)::text, 12, '0'),
  substring(md5(procedure_code || n / 2) for 24), 'online', agency, agency, submitted_at, submitted_at, false, false,
  false, false, false,
  procedure_code, procedure_version, field, 'full', $1::jsonb, '1', 'online', submitted_at, submitted_at,
  submitted_at + interval '8 hours', '{}', case when state <> 'submitted' then submitted_at + interval '5 hours' end,
  case when state <> 'submitted' then 'officer-' || n % 3 end,
  state = 'submitted' and submitted_at < now() - interval '8 hours', next_due, 0,
  case when state not in ('submitted', 'supplement_requested', 'refused') then submitted_at + interval '5 hours' end,
  case when state not in ('submitted', 'supplement_requested', 'refused') then next_due end,
  case when state not in ('submitted', 'supplement_requested', 'refused') then
    jsonb_build_object('vi', 'Nhận lúc 08:00, thời hạn 5 ngày làm việc, trả kết quả trước 17:00 ngày làm việc cuối.',
                       'en', 'Received at 08:00, five working days, result by 17:00 of the last.') end,
  case when state not in ('submitted', 'supplement_requested', 'refused') then 'tu-phap-ho-tich' end, 1, 2, 3,
  'Thẩm định hồ sơ', 'Examination', case when state = 'returned' then next_due end, submitted_at
from named
"""
_HISTORY = """
insert into step (dossier_code, at, action, from_state, to_state, actor_id, actor_kind, agency, reason, paper, details)
select code, submitted_at, 'submit', null, 'submitted', owner_id, 'citizen', null, '', '', '{}'::jsonb from dossier
union all
select code, accepted_at, 'accept', 'submitted', 'accepted', checked_by, 'officer', receiving_point, '', '', '{}'::jsonb
from dossier where accepted_at is not null
"""
_SERIALS = """
insert into daily_serial (agency, day, last)
select receiving_point, to_char(submitted_at, 'YYYY-MM-DD'), max(substring(code from '[0-9]+$')::int)
from dossier group by 1, 2
on conflict (agency, day) do update set last = greatest(daily_serial.last, excluded.last)
"""


async def load_dossiers(dsn: str, count: int) -> int:
    """Write so many dossiers with their history and return how many there are; seconds, not minutes."""
    connection = await asyncpg.connect(dsn, command_timeout=3600)
    indexes = await connection.fetch(
        "select indexname, indexdef from pg_indexes where schemaname = 'public' and tablename in ('dossier', 'step') "
        "and indexname not in (select conname from pg_constraint)"
    )
    async with connection.transaction():
        for index in indexes:
            await connection.execute(f"drop index {index['indexname']}")
        await connection.execute("set local role intake")
        await connection.execute(
            f"set local timezone to '{ZONE}'"
        )  # days are counted as the product counts them
        await connection.execute("set local maintenance_work_mem = '256MB'")
        await connection.execute("select setseed(0.42)")
        await connection.execute(_DRAW, count)
        await connection.execute(_WRITE, _ANSWERS)
        await connection.execute(_HISTORY)
        await connection.execute(_SERIALS)
        await connection.execute("set local role none")
        for index in indexes:
            await connection.execute(index["indexdef"])
    await connection.execute("vacuum analyze dossier, step, daily_serial")
    loaded: int = await connection.fetchval("select count(*) from dossier")
    await connection.close()
    return loaded
