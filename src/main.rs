//! The program: command line in, exit code out. Everything else is in the library.

use std::process::ExitCode;

use bhyt::workshop::{World, env, is_interactive, today};

fn main() -> ExitCode {
    // Panic texts can hold data of people: say only that it happened.
    std::panic::set_hook(Box::new(|panic| {
        if !bhyt::workshop::is_write_failure(panic.payload()) {
            eprintln!("✖ E0901  bhyt {}: internal error", env!("CARGO_PKG_VERSION"));
        }
    }));
    let args: Vec<_> = std::env::args_os().collect();
    let (farewell, stopped) = bhyt::workshop::stopped(&args, env);
    // Results are put in place whole, so that leaving at once leaves nothing half-written.
    let handler = ctrlc::set_handler(move || {
        eprint!("\n{farewell}");
        std::process::exit(stopped.into());
    });
    debug_assert!(handler.is_ok(), "the only handler of the program");
    let mut world = World {
        stdin: &mut std::io::stdin(),
        stdout: &mut std::io::stdout(),
        stderr: &mut std::io::stderr(),
        interactive: is_interactive(),
        window_closes: cfg!(windows),
        stderr_is_terminal: std::io::IsTerminal::is_terminal(&std::io::stderr()),
        today: today(),
        env: environment,
    };
    let code =
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| bhyt::workshop::run(&args, &mut world)));
    ExitCode::from(code.unwrap_or(70))
}

/// The environment; a console that does not understand colours says so in it.
fn environment(name: &str) -> Option<String> {
    let colourless = cfg!(windows) && name == "NO_COLOR" && !understands_colours();
    if colourless { Some("1".to_owned()) } else { env(name) }
}

#[cfg(windows)]
fn understands_colours() -> bool {
    anstyle_query::windows::enable_ansi_colors() == Some(true)
}

#[cfg(not(windows))]
fn understands_colours() -> bool {
    true
}
