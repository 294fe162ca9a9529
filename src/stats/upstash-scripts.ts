/**
 * The Lua scripts that Redis runs for the read model. A script is atomic and takes one round trip. The keys (`p` is a player,
 * `day` is in days since 1970, `span` is a day, a week or `all`; numbers are decimal text, since Lua would write large ones with
 * an exponent):
 *
 *     seen:<p>             set: `<room> <round>` of every result
 *     results:<p>          sorted set by `at`: `<room> <round> <staked> <returned>`; rounds sort as numbers (`roundText`)
 *     results:<p>:<game>   the same, of one game
 *     changes:<p>          hash: entry -> `<amount> <at> <kind>`
 *     players              set: the players who have a result
 *     sums:<p>             hash: balance (as on the boards), games; <day> -> its change; `<day> <game>`, `all <game>` -> totals
 *     personas             hash: player -> `<version> <0 or 1: hidden> <name>`
 *     standings:<span>     hash: player -> `<profit> <wagered> <biggest win>`, including hidden players
 *     board:<board>:<span> sorted set by the negated value, so that equal values sort by player; without hidden players
 *     fresh                `<projectedAt> <lagMs>`
 */

/**
 * Helpers for all scripts. PROJECT builds its keys from the batch and does not declare them: that is safe because Upstash has no
 * cluster, and locks the whole database for a script unless the script asks for less.
 */
const COMMON = `
local call = redis.call
local function text(n) return string.format('%.0f', n) end
local function push(list, ...) for i = 1, select('#', ...) do list[#list + 1] = (select(i, ...)) end end
`;

/** Projects a batch. ARGV: prefix, batch (upstash-batch.ts). Counts a fact only if its key is new. */
export const PROJECT = `${COMMON}
local prefix, batch = ARGV[1], cjson.decode(ARGV[2])
local BOARDS = { 'balance', 'profit', 'wagered', 'biggest-win' }
local people, ids = {}, {}
local function person(id)
  local one = people[id]
  if not one then
    one = { gain = 0, fresh = false, days = {}, totals = {}, spans = {}, games = {}, lines = {} }
    people[id] = one
    push(ids, id)
  end
  return one
end
local function moved(one, day, amount, apart)
  one.fresh = true
  if apart ~= 1 then one.gain = one.gain + amount end
  one.days[day] = (one.days[day] or 0) + amount
end
local function add(totals, field, staked, returned)
  local sum = totals[field]
  if not sum then
    sum = { 0, 0, 0, 0, 0 }
    totals[field] = sum
  end
  local profit = returned - staked
  sum[1] = sum[1] + 1
  sum[2] = sum[2] + staked
  sum[3] = sum[3] + returned
  if profit > 0 then sum[4] = sum[4] + 1 end
  if profit > sum[5] then sum[5] = profit end
end

for _, fact in ipairs(batch.changes) do
  local id, entry, amount, at, kind, day = unpack(fact)
  if call('HSETNX', prefix .. 'changes:' .. id, text(entry), text(amount) .. ' ' .. text(at) .. ' ' .. kind) == 1 then
    moved(person(id), day, amount)
  end
end
for _, fact in ipairs(batch.results) do
  local id, room, round, at, staked, returned, game, day, apart = unpack(fact)
  local key = room .. ' ' .. round
  if call('SADD', prefix .. 'seen:' .. id, key) == 1 then
    local one = person(id)
    moved(one, day, returned - staked, apart)
    one.plays = true
    add(one.totals, day .. ' ' .. game, staked, returned)
    add(one.totals, 'all ' .. game, staked, returned)
    if apart ~= 1 then for _, span in ipairs(batch.spans[day]) do add(one.spans, span, staked, returned) end end
    local line = key .. ' ' .. text(staked) .. ' ' .. text(returned)
    if not one.games[game] then one.games[game] = {} end
    push(one.games[game], text(at), line)
    push(one.lines, text(at), line)
  end
end
for _, fact in ipairs(batch.personas) do
  local id, name, hidden, version = unpack(fact)
  local one = person(id)
  if not one.version or version > one.version then
    one.version, one.row, one.toHide = version, text(version) .. ' ' .. hidden .. ' ' .. name, hidden == 1
  end
end

if #ids > 0 then
  local rows, known = {}, call('HMGET', prefix .. 'personas', unpack(ids))
  for i, id in ipairs(ids) do
    local one, version, hidden = people[id], -1, false
    if known[i] then
      local v, h = string.match(known[i], '^(%d+) (%d)')
      version, hidden = tonumber(v), h == '1'
    end
    one.hidden = hidden
    if one.version and one.version > version then
      push(rows, id, one.row)
      one.hidden = one.toHide
      one.turned = one.hidden ~= hidden
    end
  end
  if #rows > 0 then call('HSET', prefix .. 'personas', unpack(rows)) end
end

local active, playing = {}, {}
for _, id in ipairs(ids) do
  local one = people[id]
  if one.plays then push(playing, id) end
  if one.fresh or one.turned then
    push(active, id)
    local fields, adds = { 'balance', 'games' }, {}
    for day, amount in pairs(one.days) do push(fields, day) push(adds, amount) end
    for field, sum in pairs(one.totals) do push(fields, field) push(adds, sum) end
    local sums = prefix .. 'sums:' .. id
    local old = call('HMGET', sums, unpack(fields))
    one.balance = tonumber(old[1] or '0') + one.gain
    if one.fresh then
      local games = old[2] or ''
      for game, lines in pairs(one.games) do
        call('ZADD', prefix .. 'results:' .. id .. ':' .. game, unpack(lines))
        if not string.find(' ' .. games .. ' ', ' ' .. game .. ' ', 1, true) then games = games .. ' ' .. game end
      end
      if #one.lines > 0 then call('ZADD', prefix .. 'results:' .. id, unpack(one.lines)) end
      local new = { 'balance', text(one.balance), 'games', games }
      for i, more in ipairs(adds) do
        local was = old[i + 2]
        if type(more) == 'number' then
          push(new, fields[i + 2], text(tonumber(was or '0') + more))
        else
          local rounds, wagered, returned, won, biggest = string.match(was or '0 0 0 0 0', '^(%d+) (%d+) (%d+) (%d+) (%d+)$')
          push(new, fields[i + 2], text(rounds + more[1]) .. ' ' .. text(wagered + more[2]) .. ' ' ..
            text(returned + more[3]) .. ' ' .. text(won + more[4]) .. ' ' .. text(math.max(tonumber(biggest), more[5])))
        end
      end
      call('HSET', sums, unpack(new))
    end
  end
end

if #playing > 0 then call('SADD', prefix .. 'players', unpack(playing)) end
if #active > 0 then
  for _, live in ipairs(batch.live) do
    local span, seconds = live[1], live[2]
    local standings = prefix .. 'standings:' .. span
    local rows, sets, drops, scores, born = call('HMGET', standings, unpack(active)), {}, {}, { {}, {}, {}, {} }, false
    for i, id in ipairs(active) do
      local one, row = people[id], rows[i]
      local gained = one.spans[span]
      if row or gained then
        local profit, wagered, biggest = string.match(row or '0 0 0', '^(%S+) (%d+) (%d+)$')
        profit, wagered, biggest = tonumber(profit), tonumber(wagered), tonumber(biggest)
        if gained then
          profit, wagered = profit + gained[3] - gained[2], wagered + gained[2]
          biggest = math.max(biggest, gained[5])
          push(sets, id, text(profit) .. ' ' .. text(wagered) .. ' ' .. text(biggest))
        end
        born = born or not row or one.turned
        if not one.hidden then
          push(scores[1], text(0 - one.balance), id)
          if gained or one.turned then
            for b, value in ipairs({ profit, wagered, biggest }) do push(scores[b + 1], text(0 - value), id) end
          end
        elseif one.turned then
          push(drops, id)
        end
      end
    end
    if #sets > 0 then call('HSET', standings, unpack(sets)) end
    for b, board in ipairs(BOARDS) do
      local key = prefix .. 'board:' .. board .. ':' .. span
      if #drops > 0 then call('ZREM', key, unpack(drops)) end
      if #scores[b] > 0 then call('ZADD', key, unpack(scores[b])) end
      if born and seconds > 0 then call('EXPIRE', key, text(seconds)) end
    end
    if born and seconds > 0 then call('EXPIRE', standings, text(seconds)) end
  end
end

local at, lag = string.match(call('GET', prefix .. 'fresh') or '-1 0', '^(%S+) (%d+)$')
if batch.now > tonumber(at) or (batch.now == tonumber(at) and batch.lag > tonumber(lag)) then
  call('SET', prefix .. 'fresh', text(batch.now) .. ' ' .. text(batch.lag))
end
return #active
`;

/**
 * Statistics of a player. KEYS: sums, results (of the game, if one is given). ARGV: the game or an empty text, from, to, the most
 * results, then the days of the period or `all`. Returns a row `game, totals of each day...` for each game, and the outcomes,
 * newest first, as letters.
 */
export const STATS = `${COMMON}
local rows, outcomes = {}, {}
local games = ARGV[1] ~= '' and ARGV[1] or call('HGET', KEYS[1], 'games') or ''
for game in string.gmatch(games, '%S+') do
  local fields = {}
  for i = 5, #ARGV do push(fields, ARGV[i] .. ' ' .. game) end
  push(rows, { game, unpack(call('HMGET', KEYS[1], unpack(fields))) })
end
for i, line in ipairs(call('ZREVRANGEBYSCORE', KEYS[2], '(' .. ARGV[3], ARGV[2], 'LIMIT', 0, ARGV[4])) do
  local staked, returned = string.match(line, ' (%d+) (%d+)$')
  local profit = returned - staked
  outcomes[i] = profit > 0 and 'W' or profit < 0 and 'L' or 'E'
end
return { rows, table.concat(outcomes) }
`;

/**
 * A player's days, for charts. KEYS: sums. ARGV: the first day, and how many days. Returns the day of the player's first fact (or
 * false), the balance before the first day, and for each day the change of the balance, then its totals.
 */
export const DAYS = `${COMMON}
local from, count = tonumber(ARGV[1]), tonumber(ARGV[2])
local first, before, days = false, 0, {}
for i = 1, count do days[i] = { '0' } end
local all = call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local field, value = all[i], all[i + 1]
  local day, game = string.match(field, '^(%d+)(.*)$')
  if day then
    day = tonumber(day)
    local place = day - from + 1
    if game == '' then
      if not first or day < first then first = day end
      if day < from then before = before + tonumber(value) end
      if days[place] then days[place][1] = value end
    elseif days[place] then
      push(days[place], value)
    end
  end
end
return { first and text(first), text(before), days }
`;

/**
 * A board. KEYS: board, standings, personas, sums of the player to centre on, or of nobody. ARGV: limit, that player or an empty
 * text, the index of the board's value in \`<profit> <wagered> <biggest win>\`, 0 for the balance. A hidden player to centre on
 * is put on the board only while this script runs. Returns how many players are on the board, the first line's place from 0 and
 * its rank, the lines as \`player, score...\`, and their personas.
 */
export const BOARD = `${COMMON}
local limit, around = tonumber(ARGV[1]), ARGV[2]
local players, place, hidden = call('ZCARD', KEYS[1]), 0, false
if around ~= '' then
  place = call('ZRANK', KEYS[1], around)
  if not place then
    local row = call('HGET', KEYS[2], around)
    if not row then return { players, 0, 0, {}, {} } end
    hidden = true
    local values = { string.match(row, '^(%S+) (%S+) (%S+)$') }
    local value = values[tonumber(ARGV[3])] or call('HGET', KEYS[4], 'balance')
    call('ZADD', KEYS[1], text(0 - value), around)
    place = call('ZRANK', KEYS[1], around)
  end
  -- As windowAround (model.ts).
  local lines = hidden and players + 1 or players
  place = math.max(0, math.min(place - math.floor(limit / 2), lines - limit))
end
local lines = call('ZRANGE', KEYS[1], place, place + limit - 1, 'WITHSCORES')
local rank, ids = 0, {}
if #lines > 0 then
  rank = call('ZCOUNT', KEYS[1], '-inf', '(' .. lines[2]) + 1
  for i = 1, #lines, 2 do push(ids, lines[i]) end
end
if hidden then call('ZREM', KEYS[1], around) end
return { players, place, rank, lines, #ids > 0 and call('HMGET', KEYS[3], unpack(ids)) or {} }
`;
