"""The steps that a job's record can take, each one script that Redis runs as a whole.

A record goes queued → running → succeeded, failed or cancelled. Every step names the run that
it belongs to, and a task's step the fence that it was given at its start: what comes from a
worker that has lost its lease, or from a run before a retry, changes nothing.
"""

_PRELUDE = """
local function now_ms()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end
local function tell(events, event, data, most)
  redis.call('XADD', events, 'MAXLEN', '=', most, '*', 'event', event, 'data', data)
end
"""

_FINISH = """
local function finish(keys, id, status, problem, result, most_events)
  local now = now_ms()
  local retention = tonumber(redis.call('HGET', keys.job, 'retention_ms'))
  redis.call('HSET', keys.job, 'status', status, 'finished_ms', now,
             'expires_ms', now + retention, 'error', problem, 'result', result)
  redis.call('HDEL', keys.job, 'cancel')
  redis.call('ZREM', keys.open, id)
  redis.call('ZREM', keys.queued, id)
  redis.call('ZADD', keys.expiring, now + retention, id)
  if status == 'succeeded' then
    tell(keys.events, 'done', '{}', most_events)
  else
    tell(keys.events, 'error', problem, most_events)
  end
end
"""

_OWN_OPEN = """
-- Whoever ends a job knows nothing of owners: ended ones leave here, when they are counted.
local function own_open(own, open)
  for _, id in ipairs(redis.call('SMEMBERS', own)) do
    if not redis.call('ZSCORE', open, id) then redis.call('SREM', own, id) end
  end
  return redis.call('SCARD', own)
end
"""

CREATE = (
    _PRELUDE
    + _OWN_OPEN
    + """
-- KEYS: job, jobs, open, queued, sequence, idempotency, owned jobs, owned open jobs
-- ARGV: id, kind, model, params, body, retention_ms, most_open, idempotency_seconds or 0,
--       owner or '', most_own or 0
if tonumber(ARGV[8]) > 0 then
  local known = redis.call('HMGET', KEYS[6], 'id', 'body')
  if known[1] and redis.call('HEXISTS', 'vitrine:job:' .. known[1], 'status') == 1
     and redis.call('HEXISTS', 'vitrine:job:' .. known[1], 'deleted') == 0 then
    return {known[2] == ARGV[5] and 'known' or 'mismatch', known[1]}
  end
end
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[7]) then return {'full', ''} end
local now = now_ms()
if ARGV[9] ~= '' then
  local count, most = own_open(KEYS[8], KEYS[3]), tonumber(ARGV[10])
  if most > 0 and count >= most then return {'quota', ''} end
  redis.call('HSET', KEYS[1], 'owner', ARGV[9])
  redis.call('ZADD', KEYS[7], now, ARGV[1])
  redis.call('SADD', KEYS[8], ARGV[1])
end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'kind', ARGV[2], 'model', ARGV[3],
           'params', ARGV[4], 'status', 'queued', 'run', 1, 'attempt', 0, 'stage', 0,
           'created_ms', now, 'retention_ms', ARGV[6])
redis.call('ZADD', KEYS[2], now, ARGV[1])
redis.call('ZADD', KEYS[3], now, ARGV[1])
redis.call('ZADD', KEYS[4], redis.call('INCR', KEYS[5]), ARGV[1])
if tonumber(ARGV[8]) > 0 then
  redis.call('HSET', KEYS[6], 'id', ARGV[1], 'body', ARGV[5])
  redis.call('EXPIRE', KEYS[6], ARGV[8])
end
return {'created', ARGV[1]}
"""
)

CANCEL = (
    _PRELUDE
    + _FINISH
    + """
-- KEYS: job, open, queued, expiring, events; ARGV: id, problem, most_events
local job = redis.call('HMGET', KEYS[1], 'status', 'deleted')
if not job[1] then return 'gone' end
if job[2] then return 'deleted' end
if job[1] == 'queued' then
  local keys = {job = KEYS[1], open = KEYS[2], queued = KEYS[3], expiring = KEYS[4],
                events = KEYS[5]}
  finish(keys, ARGV[1], 'cancelled', ARGV[2], '', ARGV[3])
  return 'cancelled'
end
if job[1] == 'running' then
  redis.call('HSET', KEYS[1], 'cancel', '1')
  return 'cancelling'
end
return 'ended'
"""
)

RETRY = (
    _PRELUDE
    + _OWN_OPEN
    + """
-- KEYS: job, open, queued, expiring, events, sequence, owned open jobs
-- ARGV: id, most_own or 0
local job = redis.call('HMGET', KEYS[1], 'status', 'deleted')
if not job[1] or job[2] then return {'gone', 0} end
if job[1] ~= 'failed' and job[1] ~= 'cancelled' then return {job[1], 0} end
if redis.call('HEXISTS', KEYS[1], 'owner') == 1 then
  local count, most = own_open(KEYS[7], KEYS[2]), tonumber(ARGV[2])
  if most > 0 and count >= most then return {'quota', 0} end
  redis.call('SADD', KEYS[7], ARGV[1])
end
redis.call('HSET', KEYS[1], 'status', 'queued', 'stage', 0)
redis.call('HDEL', KEYS[1], 'error', 'finished_ms', 'expires_ms', 'cancel')
redis.call('ZADD', KEYS[2], now_ms(), ARGV[1])
redis.call('ZADD', KEYS[3], redis.call('INCR', KEYS[6]), ARGV[1])
redis.call('ZREM', KEYS[4], ARGV[1])
redis.call('DEL', KEYS[5])
return {'queued', redis.call('HINCRBY', KEYS[1], 'run', 1)}
"""
)

DELETE = """
-- KEYS: job, jobs, expiring, events, tasks; ARGV: id, tombstone_seconds
local status = redis.call('HGET', KEYS[1], 'status')
if not status or status == 'queued' or status == 'running' then return 0 end
redis.call('HSET', KEYS[1], 'deleted', '1')
redis.call('HDEL', KEYS[1], 'params', 'result', 'error', 'progress')
redis.call('EXPIRE', KEYS[1], ARGV[2])
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
redis.call('DEL', KEYS[4], KEYS[5])
redis.call('ZREM', 'vitrine:jobs:shipped', ARGV[1])
local owner = redis.call('HGET', KEYS[1], 'owner')
if owner then
  redis.call('ZREM', 'vitrine:jobs:of:' .. owner, ARGV[1])
  redis.call('SREM', 'vitrine:jobs:open:' .. owner, ARGV[1])
end
return 1
"""

BEGIN_STAGE = (
    _PRELUDE
    + """
-- KEYS: job, queued; ARGV: id, run, stage
local job = redis.call('HMGET', KEYS[1], 'status', 'run', 'cancel', 'stage', 'deleted')
if not job[1] or job[5] or job[2] ~= ARGV[2] then return 'void' end
if job[1] ~= 'queued' and job[1] ~= 'running' then return 'void' end
if job[3] then return 'cancelled' end
if tonumber(ARGV[3]) < tonumber(job[4]) then return 'void' end
if job[1] == 'queued' or job[4] == ARGV[3] then redis.call('HINCRBY', KEYS[1], 'attempt', 1) end
redis.call('HSET', KEYS[1], 'status', 'running', 'stage', ARGV[3])
redis.call('HSETNX', KEYS[1], 'started_ms', now_ms())
redis.call('ZREM', KEYS[2], ARGV[1])
return 'begun'
"""
)

START_TASK = """
-- KEYS: job, tasks; ARGV: run, task
local job = redis.call('HMGET', KEYS[1], 'status', 'run', 'deleted')
if job[1] ~= 'running' or job[2] ~= ARGV[1] or job[3] then return {'void', 0} end
if redis.call('HEXISTS', KEYS[2], ARGV[2] .. ':done') == 1 then return {'done', 0} end
return {'started', redis.call('HINCRBY', KEYS[2], ARGV[2] .. ':fence', 1)}
"""

LOOK = """
-- KEYS: job, tasks; ARGV: run, task, fence
local job = redis.call('HMGET', KEYS[1], 'status', 'run', 'cancel')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 'void' end
if redis.call('HGET', KEYS[2], ARGV[2] .. ':fence') ~= ARGV[3] then return 'void' end
if job[3] then return 'cancelled' end
return 'mine'
"""

REPORT = (
    _PRELUDE
    + """
-- KEYS: job, tasks, events
-- ARGV: run, task, fence, progress, stage, tasks in it, weight before, weight, most_events
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], ARGV[2] .. ':fence') ~= ARGV[3] then return 0 end
local progress = cjson.decode(ARGV[4])
local tasks = tonumber(ARGV[6])
redis.call('HSET', KEYS[2], ARGV[2] .. ':fraction', progress.fraction)
if tasks > 1 then
  local sum, done = 0, 0
  for index = 0, tasks - 1 do
    local task = redis.call('HMGET', KEYS[2], ARGV[5] .. ':' .. index .. ':fraction',
                            ARGV[5] .. ':' .. index .. ':done')
    if task[2] then sum, done = sum + 1, done + 1
    elseif task[1] then sum = sum + tonumber(task[1]) end
  end
  progress.fraction, progress.step, progress.total = sum / tasks, done, tasks
  progress.eta_seconds = nil
end
progress.fraction = math.min(1, tonumber(ARGV[7]) + tonumber(ARGV[8]) * progress.fraction)
local written = cjson.encode(progress)
redis.call('HSET', KEYS[1], 'progress', written)
tell(KEYS[3], 'progress', written, ARGV[9])
return 1
"""
)

PREVIEW = (
    _PRELUDE
    + """
-- KEYS: job, tasks, events; ARGV: run, task, fence, data, most_events
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], ARGV[2] .. ':fence') ~= ARGV[3] then return 0 end
tell(KEYS[3], 'preview', ARGV[4], ARGV[5])
return 1
"""
)

FINISH_TASK = """
-- KEYS: job, tasks; ARGV: run, task, fence, result
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[1] ~= 'running' or job[2] ~= ARGV[1] then return 0 end
if redis.call('HGET', KEYS[2], ARGV[2] .. ':fence') ~= ARGV[3] then return 0 end
redis.call('HSET', KEYS[2], ARGV[2] .. ':done', ARGV[4])
return 1
"""

HAND_BACK = (
    _PRELUDE
    + """
-- KEYS: job, tasks, queued, sequence; ARGV: id, run, task, fence
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[1] ~= 'running' or job[2] ~= ARGV[2] then return 0 end
if redis.call('HGET', KEYS[2], ARGV[3] .. ':fence') ~= ARGV[4] then return 0 end
redis.call('HSET', KEYS[1], 'status', 'queued')
redis.call('HINCRBY', KEYS[1], 'attempt', -1)
redis.call('ZADD', KEYS[3], redis.call('INCR', KEYS[4]), ARGV[1])
return 1
"""
)

END = (
    _PRELUDE
    + _FINISH
    + """
-- KEYS: job, open, queued, expiring, events
-- ARGV: id, run, status, problem, result, most_events
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[2] ~= ARGV[2] or (job[1] ~= 'running' and job[1] ~= 'queued') then return 0 end
local keys = {job = KEYS[1], open = KEYS[2], queued = KEYS[3], expiring = KEYS[4],
              events = KEYS[5]}
finish(keys, ARGV[1], ARGV[3], ARGV[4], ARGV[5], ARGV[6])
return 1
"""
)

BRING = (
    _PRELUDE
    + """
-- KEYS: job, jobs, shipped jobs, jobs ever brought, events
-- ARGV: id, kind, model, params, result, created_ms, started_ms, finished_ms
if redis.call('SADD', KEYS[4], ARGV[1]) == 0 then return 0 end
redis.call('HSET', KEYS[1], 'id', ARGV[1], 'kind', ARGV[2], 'model', ARGV[3],
           'params', ARGV[4], 'status', 'succeeded', 'run', 1, 'attempt', 1, 'stage', 0,
           'created_ms', ARGV[6], 'started_ms', ARGV[7], 'finished_ms', ARGV[8],
           'error', '', 'result', ARGV[5], 'shipped', '1')
redis.call('ZADD', KEYS[2], ARGV[6], ARGV[1])
redis.call('ZADD', KEYS[3], ARGV[6], ARGV[1])
tell(KEYS[5], 'done', '{}', 1)
return 1
"""
)

RENEW_RUN = """
-- KEYS: job; ARGV: run
local job = redis.call('HMGET', KEYS[1], 'status', 'run')
if job[2] ~= ARGV[1] or (job[1] ~= 'running' and job[1] ~= 'queued') then return 0 end
return redis.call('HINCRBY', KEYS[1], 'run', 1)
"""
