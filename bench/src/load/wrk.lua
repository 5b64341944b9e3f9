-- Sends the requests of a file in random order and tells the result as one line of JSON. A line is a path, or a method,
-- a path and a JSON body with tabs between; {n} in a body becomes a number that no other request of the run has.
local requests, bodies = {}, {}
local tag, sent = "", 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local method, path, body = line:match("^(%u+)\t([^\t]+)\t(.+)$")
    if method then
      bodies[#bodies + 1] = { method = method, path = path, body = body }
    else
      requests[#requests + 1] = wrk.format("GET", line)
    end
  end
  math.randomseed(tonumber(arguments[2]))
  tag = arguments[3]
end

function request()
  local chosen = math.random(#requests + #bodies)
  if chosen <= #requests then
    return requests[chosen]
  end
  local one = bodies[chosen - #requests]
  sent = sent + 1
  local body = one.body:gsub("{n}", tag .. sent)
  return wrk.format(one.method, one.path, { ["content-type"] = "application/json" }, body)
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.status + errors.connect + errors.read + errors.write + errors.timeout
  local form = '{"requests":%d,"failed":%d,"seconds":%f,"values":{"p50Ms":%f,"p99Ms":%f}}\n'
  local p50, p99 = latency:percentile(50) / 1e3, latency:percentile(99) / 1e3
  io.write(form:format(summary.requests, failed, summary.duration / 1e6, p50, p99))
end
