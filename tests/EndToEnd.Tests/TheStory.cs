using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.Servers;
using CustomerService.Testing;

namespace CustomerService.EndToEnd.Tests;

/// <summary>The whole system as the README starts it, from nothing: servers, migrations, sign-in, demonstration
/// data, the story, the end.</summary>
public sealed class TheStory(TheStory.Run run) : IClassFixture<TheStory.Run>
{
    [Fact]
    [
        Trait("Rule", "P1"),
        Trait("Rule", "P2.1.1"),
        Trait("Rule", "P2.1.2"),
        Trait("Rule", "P2.2.1"),
        Trait("Rule", "P2.2.2"),
        Trait("Rule", "P2.2.3"),
        Trait("Rule", "P3")
    ]
    [
        Trait("Rule", "P3.1.1"),
        Trait("Rule", "P3.1.2"),
        Trait("Rule", "P3.2.1"),
        Trait("Rule", "P3.2.2"),
        Trait("Rule", "P3.2.3"),
        Trait("Rule", "P3.3")
    ]
    [
        Trait("Rule", "C3.1.4"),
        Trait("Rule", "C3.2.2"),
        Trait("Rule", "C3.2.3"),
        Trait("Rule", "C5.2"),
        Trait("Rule", "C5.3.1"),
        Trait("Rule", "C5.4"),
        Trait("Rule", "C5.6.1"),
        Trait("Rule", "C5.6.2")
    ]
    [Trait("Rule", "C5.8.2"), Trait("Rule", "C5.8.3"), Trait("Rule", "C5.9")]
    public void One_customers_story_runs_through_all_five_services_and_ends_in_the_reports()
    {
        run.ExitCode.ShouldBe(0, run.Transcript);
        run.Transcript.ShouldContain("The story came out right");
        foreach (
            var happened in (string[])
                [
                    "projects.revisit.finding-recorded.v1",
                    "repairs.repair-order.opened.v1",
                    "repairs.repair-order.returned.v1",
                    "surveys.invitation.sent.v1",
                    "surveys.response.dissatisfied.v1",
                    "complaints.complaint.registered.v1",
                    "complaints.capa.verified.v1",
                    "complaints.complaint.closed.v1",
                ]
        )
        {
            run.Transcript.ShouldContain(happened);
        }
    }

    [Fact]
    public void No_step_names_a_record_by_its_bare_identity() =>
        Regex.Matches(run.Transcript, @"→ [0-9a-f]{8}-[0-9a-f-]{27}\s").ShouldBeEmpty();

    [Fact, Trait("Rule", "C5.10"), Trait("Rule", "C3.1.3"), Trait("Rule", "C5.7")]
    public void The_four_reports_show_the_story()
    {
        foreach (
            var report in (string[])
                ["repairs of the month", "complaints of the year", "satisfaction rate", "revisit compliance"]
        )
        {
            run.Transcript.ShouldContain("→ " + report);
        }
    }

    [Fact]
    public void The_audit_trails_of_all_services_hold()
    {
        foreach (var service in (string[])["identity", "projects", "repairs", "complaints", "surveys"])
        {
            Regex
                .IsMatch(run.Transcript, $@"{service}: [1-9]\d* entries in [1-9]\d* chains, 0 broken")
                .ShouldBeTrue(service + "\n" + run.Transcript);
        }
    }

    [Fact]
    public void One_trace_runs_from_the_gateway_over_the_broker_into_the_other_service()
    {
        var tree = run.Transcript[run.Transcript.IndexOf("Trace ", StringComparison.Ordinal)..];
        tree.ShouldContain("gateway:");
        tree.ShouldContain("projects:");
        tree.ShouldContain("repairs:", customMessage: tree);
        // The request is the root, and what Repairs does hangs below what Projects published.
        Depth(tree, "gateway:").ShouldBe(0);
        Depth(tree, "repairs:").ShouldBeGreaterThan(Depth(tree, "projects:"));
        // Nothing stands beside the requests, and the question that Repairs asks by gRPC hangs below its consumer.
        tree.Split('\n')
            .Skip(1)
            .Where(line => line.Trim().Length > 0 && !line.StartsWith(' '))
            .ShouldAllBe(line => line.StartsWith("gateway:", StringComparison.Ordinal), tree);
        Regex.IsMatch(tree, @"\n +projects: POST /customerservice\.projects\.v1\.").ShouldBeTrue(tree);
    }

    [Fact, Trait("Rule", "S2")]
    public void Outsiders_see_what_is_listed_and_nothing_else()
    {
        run.Seen.ShouldNotBeEmpty(run.Transcript);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(Listed, run.Seen);
        }

        var listed = File.ReadAllLines(Listed).ToHashSet();

        run.Seen.Where(member => !listed.Contains(member))
            .ShouldBeEmpty("new for outsiders: is it meant? Then run once with UPDATE_SNAPSHOTS=1 and commit the list");
    }

    [Fact, Trait("Rule", "S2")]
    public void No_internal_note_and_no_telephone_of_staff_reaches_an_outsider()
    {
        run.Answers.Count.ShouldBeGreaterThan(100, run.Transcript);
        var staff = JsonNode.Parse(File.ReadAllText(Path.Combine(Seeds, "company.json")))!["people"]!
            .AsArray()
            .Select(person => person!["phone"]!.ToString())
            .ToList();
        staff.ShouldNotBeEmpty();

        foreach (var (file, text) in run.Answers)
        {
            text.ShouldNotContain("內部機密", customMessage: file);
            foreach (var phone in staff)
            {
                text.ShouldNotContain(phone, customMessage: file);
            }
        }
    }

    private static readonly string Listed = Path.Combine(Snapshot.Root(), "docs", "outsiders.txt");
    private static readonly string Seeds = Path.Combine(Snapshot.Root(), "deploy", "Local", "Seed");

    [Fact]
    public void Nothing_is_left_behind() => run.LeftBehind.ShouldBeEmpty();

    private static int Depth(string tree, string service)
    {
        var line = tree.Split('\n').First(l => l.TrimStart().StartsWith(service, StringComparison.Ordinal));
        return line.Length - line.TrimStart().Length;
    }

    public sealed class Run : IAsyncLifetime
    {
        public int ExitCode { get; private set; } = -1;

        public string Transcript { get; private set; } = "";

        /// <summary>Command lines of processes that were started for the run, which all have its folder in
        /// their environment, and go on after its end.</summary>
        public IReadOnlyList<string> LeftBehind { get; private set; } = [];

        /// <summary>Which members of which reads came back to customers and repair units.</summary>
        public IReadOnlyList<string> Seen { get; private set; } = [];

        /// <summary>What came back, as text; of printed forms where the reader is installed.</summary>
        public IReadOnlyList<(string File, string Text)> Answers { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            var folder = Machine.NewTemporaryFolder("story");
            var lines = new ConcurrentQueue<string>();
            var command = new ChildCommand(
                "story",
                [
                    "dotnet",
                    LocalProgram.Path,
                    "--fresh",
                    "--story",
                    "--port",
                    Machine.FreePort().ToString(CultureInfo.InvariantCulture),
                    "--trace",
                    Path.Combine(folder, "trace"),
                    "--outsiders",
                    Path.Combine(folder, "outsiders"),
                ]
            )
            {
                Environment = new Dictionary<string, string?> { ["CS_LOCAL_FOLDER"] = folder },
                OnLine = lines.Enqueue,
            };
            await using (var process = ChildProcess.Start(command))
            {
                ExitCode = await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            }

            Transcript = string.Join('\n', lines);
            LeftBehind =
            [
                .. Directory
                    .EnumerateDirectories("/proc")
                    .Where(process => LocalProgram.Of(process, "environ").Contains(folder, StringComparison.Ordinal))
                    .Select(process => LocalProgram.Of(process, "cmdline")),
            ];
            var outsiders = Path.Combine(folder, "outsiders");
            if (File.Exists(Path.Combine(outsiders, "seen.txt")))
            {
                Seen = await File.ReadAllLinesAsync(Path.Combine(outsiders, "seen.txt"));
                Answers = [.. Directory.EnumerateFiles(outsiders).Select(file => (file, TextOf(file)))];
            }

            if (ExitCode == 0)
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static string TextOf(string file)
        {
            if (Path.GetExtension(file) != ".pdf" || !File.Exists(Fonts.PdfReader))
            {
                return File.ReadAllText(file);
            }

            using var reader = Process.Start(
                new ProcessStartInfo(Fonts.PdfReader, ["-raw", file, "-"]) { RedirectStandardOutput = true }
            )!;
            return reader.StandardOutput.ReadToEnd();
        }
    }
}
