/**
 * The operations of the Redis store, each one atomic step by Redis' own clock. A person is a hash with the expiry of each device,
 * `going` for a while after the last device disconnected, and the status that they `show`. KEYS[1] sorts the people by the latest
 * expiry. ARGV[1] is the prefix of the people's keys; composing keys in a script needs a single Redis, not a Cluster.
 */
const common = `
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  local function ends(key)
    local latest = 0
    local fields = redis.call('HGETALL', key)
    for i = 1, #fields, 2 do
      if fields[i] ~= 'shows' then
        local moment = tonumber(fields[i + 1])
        if moment <= now then redis.call('HDEL', key, fields[i])
        elseif moment > latest then latest = moment end
      end
    end
    return latest
  end
  local function note(userId, key, latest)
    redis.call('ZADD', KEYS[1], latest, userId)
    redis.call('PEXPIREAT', key, latest + 3600000)
  end`;

/**
 * ARGV: ms until the devices expire, 1 when the statuses were just read; then user, device and status of each.
 * @returns the people who were offline
 */
export const onScript = `${common}
  local back = {}
  for i = 4, #ARGV, 3 do
    local userId, key = ARGV[i], ARGV[1] .. ARGV[i]
    if ends(key) == 0 then back[#back + 1] = userId end
    redis.call('HSET', key, ARGV[i + 1], now + ARGV[2])
    redis.call('HDEL', key, 'going')
    redis.call(ARGV[3] == '1' and 'HSET' or 'HSETNX', key, 'shows', ARGV[i + 2])
    note(userId, key, ends(key))
  end
  return back`;

/**
 * ARGV: ms until the person is offline; then user and device of each.
 * @returns the people whose last device it was
 */
export const offScript = `${common}
  local last = {}
  for i = 3, #ARGV, 2 do
    local userId, key = ARGV[i], ARGV[1] .. ARGV[i]
    if redis.call('HDEL', key, ARGV[i + 1]) == 1 then
      local latest = ends(key)
      if latest == 0 then
        last[#last + 1] = userId
        latest = now + ARGV[2]
        redis.call('HSET', key, 'going', latest)
      end
      note(userId, key, latest)
    end
  end
  return last`;

/** ARGV: user, status. */
export const chooseScript = `${common}
  local key = ARGV[1] .. ARGV[2]
  if ends(key) > 0 then redis.call('HSET', key, 'shows', ARGV[3]) end
  return 0`;

/**
 * ARGV: users.
 * @returns their statuses, in the same order
 */
export const statusesScript = `${common}
  local statuses = {}
  for i = 2, #ARGV do
    local key = ARGV[1] .. ARGV[i]
    statuses[#statuses + 1] = ends(key) > 0 and redis.call('HGET', key, 'shows') or 'offline'
  end
  return statuses`;

/** @returns some people whose last device has expired, each to one caller only */
export const goneScript = `${common}
  local gone = {}
  for _, userId in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 200)) do
    local key = ARGV[1] .. userId
    local latest = ends(key)
    if latest > 0 then note(userId, key, latest)
    else
      redis.call('DEL', key)
      redis.call('ZREM', KEYS[1], userId)
      gone[#gone + 1] = userId
    end
  end
  return gone`;
