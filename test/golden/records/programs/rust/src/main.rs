mod orders;
use log::{error, info, warn};

fn eyre() -> color_eyre::Result<()> {
    color_eyre::install()?;
    use color_eyre::eyre::WrapErr;
    std::fs::read_to_string("/missing").wrap_err("order 17 cannot be read")?; // HERE eyre
    Ok(())
}

fn set_up(kind: &str) {
    match kind {
        "env_logger" => env_logger::Builder::new().filter_level(log::LevelFilter::Info).init(),
        "pretty_env_logger" => pretty_env_logger::formatted_builder().filter_level(log::LevelFilter::Info).init(),
        "simplelog" => simplelog::SimpleLogger::init(log::LevelFilter::Info, simplelog::Config::default()).unwrap(),
        "fern" => fern::Dispatch::new()
            .format(|out, message, record| {
                out.finish(format_args!("{}[{}][{}] {}", chrono::Utc::now().format("[%Y-%m-%d][%H:%M:%S]"), record.target(), record.level(), message))
            })
            .level(log::LevelFilter::Info)
            .chain(std::io::stderr())
            .apply()
            .unwrap(),
        "flexi_logger" => std::mem::forget(flexi_logger::Logger::try_with_str("info").unwrap().format(flexi_logger::detailed_format).start().unwrap()),
        "log4rs" | "log4rs-json" => {
            let encoder: Box<dyn log4rs::encode::Encode> = if kind == "log4rs" {
                Box::new(log4rs::encode::pattern::PatternEncoder::default())
            } else {
                Box::new(log4rs::encode::json::JsonEncoder::new())
            };
            let out = log4rs::append::console::ConsoleAppender::builder().encoder(encoder).build();
            let config = log4rs::Config::builder()
                .appender(log4rs::config::Appender::builder().build("out", Box::new(out)))
                .build(log4rs::config::Root::builder().appender("out").build(log::LevelFilter::Info))
                .unwrap();
            log4rs::init_config(config).unwrap();
        }
        "stderrlog" => stderrlog::new().module("shop").verbosity(2).timestamp(stderrlog::Timestamp::Second).init().unwrap(),
        "tracing" => tracing_subscriber::fmt().with_ansi(false).init(),
        "tracing-ansi" => tracing_subscriber::fmt().with_ansi(true).init(),
        "tracing-compact" => tracing_subscriber::fmt().compact().with_ansi(false).init(),
        "tracing-pretty" => tracing_subscriber::fmt().pretty().with_ansi(false).init(),
        "tracing-json" => tracing_subscriber::fmt().json().init(),
        _ => {}
    }
}

fn say(kind: &str, level: &str, text: &str) {
    if kind.starts_with("tracing") {
        let span = tracing::info_span!("request", order = 17);
        let _in = span.enter();
        match level {
            "info" => tracing::info!("{text}"),
            "warn" => tracing::warn!("{text}"),
            _ => tracing::error!(order = 17, "{text}"),
        }
        return;
    }
    match level {
        "info" => info!("{text}"),
        "warn" => warn!("{text}"),
        _ => error!("{text}"),
    }
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().collect();
    let (kind, case) = (args[1].as_str(), args[2].as_str());
    set_up(kind);
    say(kind, "info", "started, no errors");
    match case {
        "error" => say(kind, "error", "order 17 has no lines"),
        "exception" => say(kind, "error", &format!("loading failed: {:?}", orders::load("/missing").unwrap_err())),
        "warning" => say(kind, "warn", &format!("retrying: {:#}", orders::load("/missing").unwrap_err())),
        "info" => say(kind, "info", "error rate is 0, last panic was handled"),
        "index" => {
            orders::total(&[1], 5);
        }
        "expect" => {
            orders::check(None);
        }
        "thread" => {
            let _ = std::thread::Builder::new().name("worker-1".into()).spawn(|| orders::total(&[1], 7)).unwrap().join();
        }
        "anyhow" => {
            orders::load("/missing")?;
        }
        "eyre" => {
            if let Err(report) = eyre() {
                eprintln!("Error: {report:?}");
                std::process::exit(1);
            }
        }
        _ => {}
    }
    say(kind, "info", "going on");
    Ok(())
}
