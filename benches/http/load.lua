-- wrk -s load.lua URL -- REQUESTS SEED [RATE]: sends requests that were made beforehand, and tells what came of them as JSON.
--
-- The file has for each request the number of its bytes, a line feed, and the bytes. A seed picks one at random each time;
-- with a seed of 0 each is sent once, in order. A rate is so many a second, as steadily as milliseconds allow.
local ffi = require("ffi")
ffi.cdef [[
    typedef struct { long seconds; long nanoseconds; } moment;
    int clock_gettime(int clock, moment *now);
]]

local requests, sent = {}, 0
local monotonic, now = 1, ffi.new("moment")

local function milliseconds()
    ffi.C.clock_gettime(monotonic, now)
    return tonumber(now.seconds) * 1000 + tonumber(now.nanoseconds) / 1e6
end

function init(arguments)
    local file = assert(io.open(arguments[1], "rb"))
    for length in function() return file:read("*n", 1) end do
        requests[#requests + 1] = file:read(length)
    end
    file:close()
    local seed, rate = tonumber(arguments[2]), tonumber(arguments[3])
    if seed > 0 then
        math.randomseed(seed)
        request = function() return requests[math.random(#requests)] end
    else
        request = function()
            sent = sent + 1
            return requests[sent] or error("there are no more requests")
        end
    end
    if rate then
        local begun, due = milliseconds(), 0
        delay = function()
            due = due + 1000 / rate
            return math.max(0, math.floor(begun + due - milliseconds() + 0.5))
        end
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"microseconds":%d,"bytes":%d,"failures":%d,"p50":%d,"p99":%d}\n',
        summary.requests, summary.duration, summary.bytes,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
