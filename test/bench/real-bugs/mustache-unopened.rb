# A page whose template closes a list that nobody has opened.
require "logger"
require "mustache"

begin
  Mustache.render("Orders: {{/list}}", list: [])
rescue StandardError => error
  Logger.new($stderr).error("#{error.message} (#{error.class})\n#{error.backtrace.join("\n")}")
end
