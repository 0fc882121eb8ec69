require 'logger'
require 'logging' if ARGV[0] == 'logging-gem'
class OrderError < StandardError; end
module Orders
  def self.total(order)
    order[:lines].sum # HERE total
  end
  def self.load(number)
    total({})
  rescue NoMethodError
    raise OrderError, "order #{number} cannot be summed" # HERE load
  end
end
kind, kase = ARGV
log = case kind
      when 'logger' then Logger.new($stderr)
      when 'logger-progname' then Logger.new($stderr, progname: 'shop')
      when 'logging-gem' then Logging.logger($stderr)
      end
log.info('started, no errors')
case kase
when 'error' then log.error('order 17 has no lines')
when 'fatal' then log.fatal('cannot reach the store')
when 'exception'
  begin
    Orders.total({})
  rescue => e
    log.error(e)
  end
when 'chained'
  begin
    Orders.load(17)
  rescue => e
    log.error("loading failed: #{e.message} (#{e.class})\n#{e.backtrace.join("\n")}")
  end
when 'warning'
  begin
    Orders.total({})
  rescue => e
    log.warn(e)
  end
when 'info' then log.info('error rate is 0, last Exception was handled')
when 'crash' then Orders.load(17)
end
log.info('going on')
