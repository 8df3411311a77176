-- Readers of some posts, for wrk. Each sends its next request 50 to 150 ms after the previous response, every other
-- time for the last known page of comments. Arguments: the paths of the posts.
-- Only one response in eleven is searched for the number of pages: searching all of them would delay the other readers.
-- (Not one in ten: paths and kinds of page repeat every ten requests, and it would always be the same one.)
local paths, last, asked, answered = {}, {}, 0, 0

function init(args)
  for number = 1, #args do paths[number] = args[number] end
end

function delay()
  return math.random(50, 150)
end

function request()
  local path = paths[asked % #paths + 1]
  local isLast = math.floor(asked / #paths) % 2 == 1 and last[path]
  asked = asked + 1
  return wrk.format("GET", isLast and path .. "/comments/" .. last[path] or path)
end

function response(status, headers, body)
  answered = answered + 1
  local pages = answered % 11 == 0 and body:match("Page %d+ of (%d+)")
  if pages then
    last[body:match('href="([^"]+)" aria%-current="page"')] = pages
  end
end
