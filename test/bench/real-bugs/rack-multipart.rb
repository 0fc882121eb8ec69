# A form to which somebody has sent a part without a name.
require "logger"
require "stringio"
require "rack/mock_request"
require "rack/multipart"

body = "--boundary\r\nContent-Disposition: form-data\r\n\r\nvalue\r\n--boundary--\r\n"
env = Rack::MockRequest.env_for("/", { "CONTENT_TYPE" => "multipart/form-data; boundary=boundary",
                                       "CONTENT_LENGTH" => body.bytesize.to_s, :input => StringIO.new(body) })
begin
  Rack::Multipart.parse_multipart(env)
rescue StandardError => error
  Logger.new($stderr).error("#{error.message} (#{error.class})\n#{error.backtrace.join("\n")}")
end
