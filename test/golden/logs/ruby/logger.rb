require 'logger'
log = Logger.new($stdout, progname: 'shop')
log.info('start')
begin
  [1].fetch(7)
rescue IndexError => e
  log.error(e)
end
log.warn('slow')
begin
  {}.fetch(:price)
rescue KeyError => e
  log.error("order 7 failed: #{e.message} (#{e.class})\n#{e.backtrace.join("\n")}")
  log.fatal { "giving up" }
end
log.info('end')
