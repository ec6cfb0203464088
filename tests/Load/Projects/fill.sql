-- A contractor's registry of :projects projects and :revisits revisits for each with their terms and revisits, straight into the migrated schema: the same words, dates and shares of
-- states for every size, so that sizes can be compared. Indices are built afterwards, which is faster.
set synchronous_commit = off;
select setseed(0.42);

create temp table indices as
select indexdef, format('drop index %I', indexname) as gone
from pg_indexes where schemaname = 'public' and tablename in ('projects', 'revisits', 'project_terms')
  and indexname not in (select conname from pg_constraint);
do $do$ declare one record; begin for one in select gone from indices loop execute one.gone; end loop; end $do$;

-- Identities in time order, as the services make them.
create function pg_temp.identity(at timestamptz, n bigint) returns uuid language sql immutable as $f$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex((n >> 20) & 4095), 3, '0') || 'a' || lpad(to_hex(n & 1048575), 15, '0'))::uuid $f$;

-- As the migration that brought the search in does it for what was there before.
create function pg_temp.grams(found_by text) returns text[] language sql immutable as $f$
  select array_agg(distinct gram) from unnest(string_to_array(found_by, chr(10))) as line, generate_series(1, length(line)) as place,
    lateral (values (substr(line, place, 1)), (substr(line, place, 2)), (substr(line, place, 3))) as piece (gram) $f$;

create function pg_temp.person(i bigint, seat int, name text) returns jsonb language sql immutable as $f$
  select jsonb_build_object('id', pg_temp.identity('2013-01-01', i % 300 * 6 + seat), 'name', name) $f$;

create temp table seed as
select i, random() as state, random() as city, random() as kind, random() as place, (random() * 8)::int + 1 as phase, (random() * 60)::int as jitter, random() as latitude, random() as longitude, random() as area,
  (i - 1) / 50 as owner, random() as rare
from generate_series(1, :projects) as i;

create temp table drawn as
select i, owner, area, latitude, longitude, rare,
  case when state < 0.91 then 'HandedOver' when state < 0.95 then 'Registered' when state < 0.98 then 'Accepted' else 'Withdrawn' end as state,
  (array['shanghai','beijing','tianjin','jinan','zhengzhou','xian','shenyang','harbin','guangzhou','shenzhen','shijiazhuang','nanjing'])[(city * city * 12)::int % 12 + 1] as city,
  (array['上海','北京','天津','濟南','鄭州','西安','瀋陽','哈爾濱','廣州','深圳','石家莊','南京'])[(city * city * 12)::int % 12 + 1] as city_name,
  (array['濱江','東湖','西山','龍華','錦繡','翡翠','金沙','望京','天河','碧水','紫荊','雲頂','星河','海棠','梧桐','楓林','玉蘭','鳳凰','朝陽','永安','建設','解放','人民','和平','長江','黃河','泰山','華山','中山','復興','新華','光明','團結','前進','青年','文化','科技','體育','港灣','機場'])[(place * 40)::int % 40 + 1] as place,
  (array['花園','廣場','大廈','公寓','新城','家園','中心醫院','實驗小學','科技園','產業園','物流中心','地鐵站','圖書館','體育館','博物館','污水處理廠','變電站','酒店','商業中心','停車樓'])[(kind * 20)::int % 20 + 1] as kind,
  (array['一','二','三','四','五','六','七','八','九'])[phase] as phase,
  current_date - 3650 + (3650.0 * i / :projects)::int - jitter as accepted
from seed;

insert into projects (
  id, contract_number, name, owner_id, owner_name, city, site_address, latitude, longitude, building_area_square_metres, structure_type, quality_grade, team, design_life_years, packages, commitments,
  policy_version, accepted_on, clearance_due_on, clearance, handed_over_on, horizon_ends_on, warranty_ends_on, goodwill_grants, standing_revisits, held_revisits, last_revisit_number, search_text, search_grams,
  version, audit_sequence, audit_head, state, team_ids)
select pg_temp.identity(accepted - interval '500 days', i), 'HT-' || extract(year from accepted) || '-' || lpad(i::text, 6, '0'), n.name, pg_temp.identity('2015-01-01', owner), n.owner_name, city, n.address,
  latitude * 20 + 22, longitude * 20 + 104, (area * 60000)::numeric(10, 1) + 500, 'frame-shear-wall', '合格',
  jsonb_build_object('manager', pg_temp.person(i, 1, '李項目'), 'authorisedPerson', pg_temp.person(i, 2, '趙法人'), 'chiefEngineer', pg_temp.person(i, 3, '錢總工'), 'technicalHead', pg_temp.person(i, 4, '孫技術'), 'engineeringHead', pg_temp.person(i, 5, '周工程'), 'qualityHead', pg_temp.person(i, 6, '吳質量')),
  50,
  case when rare < 0.5 then jsonb_build_array(jsonb_build_object('subcontractorId', pg_temp.identity('2014-01-01', i % 40), 'subcontractorName', '安固防水工程有限公司', 'parts', jsonb_build_array('roof'), 'scope', '屋面防水')) else '[]' end,
  case when rare < 0.3 then '[{"part":"roof","length":{"count":72,"unit":"months"}}]'::jsonb else '[]' end,
  1, case when state in ('HandedOver', 'Accepted') then accepted end, case when state in ('HandedOver', 'Accepted') then accepted + 10 end,
  case when state = 'HandedOver' then jsonb_build_object('on', accepted + 8, 'landReturned', true, 'stays', '[]'::jsonb, 'remarks', null) end,
  case when state = 'HandedOver' then accepted + 20 end, case when state = 'HandedOver' then (accepted + interval '60 months')::date end, case when state = 'HandedOver' then (accepted + interval '600 months')::date end,
  '[]', case when state = 'HandedOver' then :revisits else 0 end, case when state = 'HandedOver' then least(:revisits, greatest(0, (current_date - accepted) / 183)) else 0 end, case when state = 'HandedOver' then :revisits else 0 end,
  t.found_by, pg_temp.grams(t.found_by),
  4, 4, repeat('0', 64), state, array(select pg_temp.identity('2013-01-01', i % 300 * 6 + k) from generate_series(1, 6) as k)
from drawn, lateral (
  select place || kind || phase || '期工程' || chr(65 + i % 26) || i % 40 || '標段' as name, city_name || place || '置業有限公司（' || owner || '）' as owner_name, city_name || '市' || place || '路 ' || i % 900 || ' 號' as address) as n,
  lateral (select regexp_replace(lower(concat_ws(chr(10), 'HT-' || extract(year from accepted) || '-' || lpad(i::text, 6, '0'), n.name, n.owner_name, n.address)), ' ', '', 'g') as found_by) as t;

insert into project_terms (project_id, part, through, is_finite)
select id, part, (accepted_on + make_interval(months => months))::date, months < 600
from projects, (values ('infrastructure', 600), ('foundation', 600), ('main-structure', 600), ('roof', 60), ('bathrooms', 60), ('rooms', 60), ('outer-walls', 60), ('heating', 26), ('cooling', 20), ('electrical', 24), ('water-and-drainage', 24), ('equipment-installation', 24), ('decoration', 24)) as t(part, months)
where state = 'HandedOver';

insert into revisits (
  id, project_id, owner_id, number, due_on, plan_date, is_moved_by_hand, policy_version, file_number, held_on, form, attendees, findings, owner_opinion, owner_signature, closed_on, cancel_reason,
  version, audit_sequence, audit_head, state, plan_slot)
select pg_temp.identity(handed_over_on, row_number() over ()), project_id, owner_id, number, due, due, false, 1,
  case when state not in ('Planned', 'Cancelled') then contract_number || '/HF-' || lpad(number::text, 2, '0') end,
  case when state in ('Held', 'Closed') then due end, case when state in ('Held', 'Closed') then 'Visit' end,
  case when state in ('Held', 'Closed') then jsonb_build_array(jsonb_build_object('seat', 'lead', 'personId', project_id, 'name', '趙法人'), jsonb_build_object('seat', 'chief-engineer', 'personId', project_id, 'name', '錢總工'),
    jsonb_build_object('seat', 'quality-head', 'personId', project_id, 'name', '吳質量')) else '[]' end,
  case when state in ('Held', 'Closed') and chance < 0.3 then jsonb_build_array(jsonb_build_object('id', project_id, 'part', 'roof', 'location', '屋面東南角', 'description', '屋面滲漏', 'severity', 'major',
    'repairWanted', true, 'correctiveActionWanted', true, 'explanation', '泛水高度不足', 'proposedSolution', '重做泛水及附加層')) else '[]' end,
  case when state in ('Held', 'Closed') then '請儘快修復' end,
  case when state = 'Closed' then jsonb_build_object('printedName', '王經理', 'at', due, 'meaning', 'owner-opinion', 'imageId', null) end,
  case when state = 'Closed' then due + 7 end, case when state = 'Cancelled' then '業主要求' end,
  3, 3, repeat('0', 64), state, number
from (
  select id as project_id, owner_id, contract_number, handed_over_on, number, due, chance,
    case when due >= current_date + 30 then 'Planned' when due >= current_date then case when chance < 0.5 then 'Planned' else 'Opened' end
      when chance < 0.02 then 'Planned' when chance < 0.03 then 'Opened' when chance < 0.08 then 'Cancelled' when chance < 0.15 then 'Held' else 'Closed' end as state
  from projects, generate_series(1, :revisits) as number, lateral (select (handed_over_on + make_interval(months => case number when 1 then 3 else (number - 1) * 6 end))::date as due, random() + 0 * number as chance) as d
  where projects.state = 'HandedOver' order by number, id) as r;

do $do$ declare one record; begin for one in select indexdef from indices loop execute one.indexdef; end loop; end $do$;
vacuum analyze projects;
vacuum analyze revisits;
vacuum analyze project_terms;
