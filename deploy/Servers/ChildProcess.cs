using System.Diagnostics;

namespace CustomerService.Servers;

/// <summary>What to run and how it is to be stopped.</summary>
/// <param name="Name">Short name for messages.</param>
/// <param name="Command">Program and arguments.</param>
public sealed record ChildCommand(string Name, params string[] Command)
{
    /// <summary>Variables that are set besides those inherited; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Working folder; the caller's when null.</summary>
    public string? Folder { get; init; }

    /// <summary>Account to run as; only root can ask for one. Null keeps the caller's.</summary>
    public string? User { get; init; }

    /// <summary>Signal that asks for an orderly end.</summary>
    public string StopSignal { get; init; } = "TERM";

    /// <summary>How long an orderly end may take before the process is killed.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>File that takes both outputs. When null, lines go to <see cref="OnLine"/>.</summary>
    public string? LogFile { get; init; }

    /// <summary>Called for every line of both outputs when there is no <see cref="LogFile"/>.</summary>
    public Action<string>? OnLine { get; init; }

    /// <summary>Folder that is deleted when the process that started this one was killed and cannot do it
    /// itself.</summary>
    public string? RemoveWhenOrphaned { get; init; }
}

/// <summary>
/// A child process that cannot outlive its parent. A few lines of shell stand between the two and hold a pipe
/// from the parent:
/// when the parent ends, however it ends, the pipe closes and the child is stopped. (The kernel's parent-death
/// signal would follow
/// the parent's *thread*, which in .NET comes and goes.) The child has a session of its own, so Ctrl-C reaches
/// only the parent,
/// which then stops its children in the order that it wants. What it writes is for its own account's eyes only.
/// </summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private const string Supervisor = """
        umask 077
        signal=$1; grace=$2; log=$3; orphaned=$4; shift 4
        exec 3<&0 </dev/null
        [ -z "$log" ] || exec >>"$log" 2>&1
        "$@" 3<&- &
        child=$!
        trap 'kill -s "$signal" "$child" 2>/dev/null' TERM INT HUP
        (
          trap - TERM INT HUP
          told=
          while read -r order <&3; do told=1; kill -s "$order" "$child"; done
          trap '' TERM
          kill -s "$signal" "$child"
          while [ "$grace" -gt 0 ] && kill -0 "$child"; do sleep 1; grace=$((grace - 1)); done
          kill -s KILL "$child"
          [ -n "$told" ] || [ -z "$orphaned" ] || rm -rf -- "$orphaned"
        ) >/dev/null 2>&1 &
        watch=$!
        exec 3<&-
        while :; do wait "$child"; code=$?; kill -0 "$child" 2>/dev/null || break; done
        kill "$watch" 2>/dev/null
        wait "$watch" 2>/dev/null
        exit "$code"
        """;

    // dash drops variables from the environment whose names are no shell names, such as those of settings with
    // a hyphen; bash keeps them.
    private static readonly string Shell = Machine.Find("bash", "/bin") ?? "/bin/sh";

    private readonly ChildCommand _command;
    private readonly Process _process;

    private ChildProcess(ChildCommand command, Process process)
    {
        _command = command;
        _process = process;
    }

    /// <summary>The name given in the command.</summary>
    public string Name => _command.Name;

    /// <summary>True when the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Exit code of the ended process.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts the command.</summary>
    /// <exception cref="PlatformNotSupportedException">Not on a Unix machine with setsid (util-linux).</exception>
    public static ChildProcess Start(ChildCommand command)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException(
                "Servers and services are started with Unix tools (sh, setsid, setpriv). On Windows use WSL, or docker compose."
            );
        }

        var start = new ProcessStartInfo("setsid")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = command.LogFile is null,
            RedirectStandardError = command.LogFile is null,
            UseShellExecute = false,
            WorkingDirectory = command.Folder ?? "",
        };
        foreach (
            var argument in (string[])
                [
                    Shell,
                    "-c",
                    Supervisor,
                    command.Name,
                    command.StopSignal,
                    ((int)command.Grace.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture),
                    command.LogFile ?? "",
                    command.RemoveWhenOrphaned ?? "",
                    .. Machine.As(command.User, command.Command),
                ]
        )
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in command.Environment)
        {
            if (value is null)
            {
                start.Environment.Remove(name);
            }
            else
            {
                start.Environment[name] = value;
            }
        }

        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        if (command.LogFile is null)
        {
            void Line(object? sender, DataReceivedEventArgs line)
            {
                if (line.Data is not null)
                {
                    command.OnLine?.Invoke(line.Data);
                }
            }

            process.OutputDataReceived += Line;
            process.ErrorDataReceived += Line;
        }

        process.Start();
        if (command.LogFile is null)
        {
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
        }

        return new ChildProcess(command, process);
    }

    /// <summary>Completes when the process has ended, with its exit code.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellation = default)
    {
        await _process.WaitForExitAsync(cancellation);
        return _process.ExitCode;
    }

    /// <summary>Asks for an orderly end and waits for it; kills what has not ended after the grace period.</summary>
    public async Task StopAsync()
    {
        await OrderAsync(_command.StopSignal);
        if (!await EndsWithinAsync(_command.Grace))
        {
            await KillAsync();
        }
    }

    /// <summary>Kills at once (SIGKILL), as a power cut would.</summary>
    public async Task KillAsync()
    {
        await OrderAsync("KILL");
        await EndsWithinAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Stops the process.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await StopAsync();
        }

        _process.Dispose();
    }

    private async Task OrderAsync(string signal)
    {
        if (_process.HasExited)
        {
            return;
        }

        try
        {
            await _process.StandardInput.WriteLineAsync(signal);
            await _process.StandardInput.FlushAsync();
        }
        catch (IOException)
        {
            // It ended between the question and the order.
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time)
    {
        try
        {
            await _process.WaitForExitAsync().WaitAsync(time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
