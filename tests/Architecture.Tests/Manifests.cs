using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using k8s;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;

namespace CustomerService.Architecture.Tests;

/// <summary>What k8s/, docker-compose.yml and the Dockerfile say, against what the programs offer.</summary>
public sealed partial class Manifests
{
    private static readonly HostingSettings Defaults = HostingSettings.From(new ConfigurationBuilder().Build());

    private static readonly (string Name, string Port)[] Ports =
    [
        ("http", Text(Defaults.HttpPort)),
        ("grpc", Text(Defaults.GrpcPort)),
        ("management", Text(Defaults.ManagementPort)),
    ];

    public static TheoryData<string> Programs =>
        ["projects", "repairs", "complaints", "surveys", "reporting", "identity", "gateway"];

    public static TheoryData<string> WithStore =>
        ["projects", "repairs", "complaints", "surveys", "reporting", "identity"];

    public static TheoryData<string> WithBroker =>
        ["projects", "repairs", "complaints", "surveys", "reporting", "gateway", "identity"];

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_deployment_has_the_ports_and_probes_of_its_program_and_runs_without_rights(string program)
    {
        var deployment = One(program, "Deployment", program);
        var pod = deployment["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]!.AsArray().Single()!;

        container["ports"]!
            .AsArray()
            .Select(p => (p!["name"]!.ToString(), p["containerPort"]!.ToString()))
            .ShouldBe(Ports);
        One(program, "Service", program)["spec"]!["ports"]!
            .AsArray()
            .Select(p => (p!["name"]!.ToString(), p["port"]!.ToString(), p["targetPort"]!.ToString()))
            .ShouldBe(Ports.Select(p => (p.Name, p.Port, p.Name)));
        foreach (
            var (probe, path) in (ReadOnlySpan<(string, string)>)
                [
                    ("startupProbe", "/health/startup"),
                    ("livenessProbe", "/health/live"),
                    ("readinessProbe", "/health/ready"),
                ]
        )
        {
            container[probe]!["httpGet"]!["path"]!.ToString().ShouldBe(path);
            container[probe]!["httpGet"]!["port"]!.ToString().ShouldBe("management");
        }

        RunsWithoutRights(pod, container);
        // The load balancer takes the pod out first, then requests in flight are answered; only then may it be
        // killed.
        var before = Number(container["lifecycle"]!["preStop"]!["sleep"]!["seconds"]);
        Number(pod["terminationGracePeriodSeconds"]).ShouldBeGreaterThan(before + Defaults.DrainSeconds);
        pod["automountServiceAccountToken"]!.ToString().ShouldBe("false");
        deployment["spec"]!["selector"]!["matchLabels"]!["app.kubernetes.io/name"]!.ToString().ShouldBe(program);
        One(program, "Service", program)["spec"]!["selector"]!["app.kubernetes.io/name"]!.ToString().ShouldBe(program);
    }

    [Theory]
    [MemberData(nameof(WithStore))]
    public void A_program_with_a_store_has_a_migration_job_and_secrets_of_its_own(string program)
    {
        var job = One(program, "Job", program + "-migrate")["spec"]!["template"]!["spec"]!;
        var migrate = job["containers"]!.AsArray().Single()!;
        migrate["args"]!.AsArray().Select(a => a!.ToString()).ShouldBe(["migrate"]);
        RunsWithoutRights(job, migrate);
        var deployment = One(program, "Deployment", program)["spec"]!["template"]!["spec"]!["containers"]!
            .AsArray()
            .Single()!;
        migrate["image"]!.ToString().ShouldBe(deployment["image"]!.ToString());
        foreach (var container in (JsonNode[])[migrate, deployment])
        {
            container["env"]!.AsArray().Single(e => e!["name"]!.ToString() == "ConnectionStrings__Store")![
                "valueFrom"
            ]!["secretKeyRef"]!["name"]!
                .ToString()
                .ShouldBe(program);
            container["env"]!
                .AsArray()
                .Select(e => e!["valueFrom"]?["secretKeyRef"]?["name"]?.ToString())
                .OfType<string>()
                .ShouldAllBe(secret => secret == program);
        }
    }

    [Fact]
    public void Kustomize_takes_every_file_and_the_overlay_names_every_image()
    {
        var files = Directory
            .GetFiles(InRepository("k8s/base"), "*.yaml")
            .Select(f => Path.GetFileName(f)!)
            .Where(f => f != "kustomization.yaml");
        Documents("k8s/base/kustomization.yaml").Single()["resources"]!
            .AsArray()
            .Select(r => r!.ToString())
            .Order(StringComparer.Ordinal)
            .ShouldBe(files.Order(StringComparer.Ordinal));
        Documents("k8s/overlays/production/kustomization.yaml").Single()["images"]!
            .AsArray()
            .Select(i => i!["name"]!.ToString())
            .Order(StringComparer.Ordinal)
            .ShouldBe(Programs.Select(p => "customer-service/" + p.Data).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_document_is_one_that_Kubernetes_knows_with_all_its_fields()
    {
        var documents = Directory
            .GetFiles(InRepository("k8s/base"), "*.yaml")
            .Where(f => Path.GetFileName(f) != "kustomization.yaml")
            .SelectMany(file => KubernetesYaml.LoadAllFromString(File.ReadAllText(file), strict: true))
            .ToList();
        documents.Count.ShouldBe(
            Directory
                .GetFiles(InRepository("k8s/base"), "*.yaml")
                .Sum(f => Path.GetFileName(f) == "kustomization.yaml" ? 0 : Documents(f).Count)
        );
        documents.ShouldAllBe(document => document is IKubernetesObject);
    }

    [Fact]
    public void From_outside_only_the_gateways_API_can_be_reached()
    {
        var network = Documents("k8s/base/network.yaml");
        network.Single(d => d["kind"]!.ToString() == "Ingress")["spec"]!["rules"]!
            .AsArray()
            .SelectMany(r => r!["http"]!["paths"]!.AsArray())
            .Select(p => p!["backend"]!["service"]!["name"]!.ToString())
            .ShouldBe(["gateway"]);
        var open = network
            .Where(d =>
                d["kind"]!.ToString() == "NetworkPolicy"
                && d["spec"]!["ingress"]!.AsArray().Any(i => i!["from"] is null)
            )
            .ToList();
        open.Select(d => d["spec"]!["podSelector"]!["matchLabels"]!["app.kubernetes.io/name"]!.ToString())
            .ShouldBe(["gateway"]);
        open.Single()["spec"]!["ingress"]!
            .AsArray()
            .SelectMany(i => i!["ports"]!.AsArray())
            .Select(p => p!["port"]!.ToString())
            .ShouldBe([Text(Defaults.HttpPort)]);

        var services = Compose["services"]!.AsObject();
        services.Where(s => s.Value!["ports"] is not null).Select(s => s.Key).ShouldBe(["gateway"]);
        services
            .Where(s => s.Value!["networks"]!.AsArray().Any(n => n!.ToString() != "back"))
            .Select(s => s.Key)
            .ShouldBe(["gateway"]);
        Compose["networks"]!["back"]!["internal"]!.ToString().ShouldBe("true");
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void In_compose_a_program_runs_without_rights_and_has_time_to_end(string program)
    {
        foreach (
            var (name, service) in Compose["services"]!
                .AsObject()
                .Where(s => s.Key == program || s.Key == program + "-migrate")
        )
        {
            service!["read_only"]!.ToString().ShouldBe("true", name);
            service["cap_drop"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["ALL"], name);
            service["security_opt"]!.AsArray().Select(c => c!.ToString()).ShouldContain("no-new-privileges:true", name);
            service["privileged"].ShouldBeNull(name);
            service["user"].ShouldBeNull("the image's own account, which is not root");
            Number(service["stop_grace_period"]!.ToString().TrimEnd('s'))
                .ShouldBeGreaterThan(Defaults.DrainSeconds, name);
        }

        var build = Compose["services"]![program]!["build"]!;
        var project = build["args"]!["PROJECT"]!.ToString();
        project.ToLowerInvariant().ShouldBe(program);
        new[] { "services", "gateway" }
            .Count(folder => File.Exists(InRepository($"{folder}/{project}/{project}.csproj")))
            .ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(WithStore))]
    public void In_compose_a_service_has_an_account_of_its_own_at_its_own_database_and_migrates_first(string program)
    {
        var services = Compose["services"]!;
        services[program + "-migrate"]!["command"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["migrate"]);
        services[program]!["depends_on"]![program + "-migrate"]!["condition"]!
            .ToString()
            .ShouldBe("service_completed_successfully");
        var variable = $"{program.ToUpperInvariant()}_DB_PASSWORD";
        var stores =
            program == "surveys"
                ? new[] { "mongo", "postgres" }
                    .Select(kind => File.ReadAllText(InRepository($"deploy/compose/surveys-{kind}.env")))
                    .ToList()
                :
                [
                    services[program]!["environment"]!["ConnectionStrings__Store"]!.ToString(),
                    services[program + "-migrate"]!["environment"]!["ConnectionStrings__Store"]!.ToString(),
                ];
        foreach (var store in stores)
        {
            Regex.Matches(store, @"\$\{(\w+)").Select(m => m.Groups[1].Value).ShouldBe([variable]);
            Regex
                .IsMatch(store, $@"Database={program};Username={program};|mongodb://{program}:[^@]+@[^/]+/{program}\b")
                .ShouldBeTrue(store);
        }

        File.ReadAllText(InRepository("deploy/compose/postgres-init.sh"))
            .ShouldContain($"create {program} \"${variable}\"");
        File.ReadAllText(InRepository(".env.example")).ShouldContain($"\n{variable}=");
    }

    [Theory]
    [MemberData(nameof(WithBroker))]
    public void In_compose_a_program_has_an_account_of_its_own_at_the_broker(string program)
    {
        var variable = $"{program.ToUpperInvariant()}_BROKER_PASSWORD";
        var services = Compose["services"]!;
        services[program]!["environment"]!["ConnectionStrings__RabbitMq"]!
            .ToString()
            .ShouldBe($"amqp://{program}:${{{variable}:?copy .env.example to .env}}@rabbitmq:5672/customer-service");
        services["rabbitmq"]!["environment"]![variable]!.ToString().ShouldBe($"${{{variable}}}");
        File.ReadAllText(InRepository("deploy/compose/rabbitmq-start.sh"))
            .ShouldMatch($@"(?m)^(account {program} ""\${variable}"" """"|publisher {program} ""\${variable}""$)");
        File.ReadAllText(InRepository(".env.example")).ShouldContain($"\n{variable}=");
    }

    [Fact]
    public async Task In_compose_the_broker_imports_the_common_definitions_with_an_account_for_each_program()
    {
        var folder = Directory.CreateTempSubdirectory("broker").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "conf.d"));
            File.Copy(InRepository("deploy/rabbitmq/definitions.json"), Path.Combine(folder, "common.json"));
            var script = (await File.ReadAllTextAsync(InRepository("deploy/compose/rabbitmq-start.sh")))
                .Replace("/etc/customer-service/definitions.json", $"{folder}/common.json", StringComparison.Ordinal)
                .Replace("/etc/rabbitmq", folder, StringComparison.Ordinal);
            // What only root in the image can do.
            var start = new ProcessStartInfo(
                "bash",
                ["-c", "install() { cat > \"${@: -1}\"; }; docker-entrypoint.sh() { :; }; exec() { :; }\n" + script]
            );
            foreach (var variable in Regex.Matches(script, @"\$(\w+_PASSWORD)").Select(m => m.Groups[1].Value))
            {
                start.Environment[variable] = variable.ToLowerInvariant();
            }

            using (var bash = Process.Start(start)!)
            {
                await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
                bash.ExitCode.ShouldBe(0);
            }

            var imported = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "definitions.json")))!;
            var common = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "common.json")))!;
            var programs = common["permissions"]!.AsArray().Select(p => p!["user"]!.ToString()).ToList();
            imported["users"]!
                .AsArray()
                .Select(u => u!["name"]!.ToString())
                .ShouldBe(["customer-service", .. programs], ignoreOrder: true);
            foreach (var user in imported["users"]!.AsArray())
            {
                var isAdministrator = user!["name"]!.ToString() == "customer-service";
                user["tags"]!.ToString().ShouldBe(isAdministrator ? "administrator" : "");
            }

            imported["permissions"]!
                .AsArray()
                .Select(p => p!["user"]!.ToString())
                .Order()
                .ShouldBe(((string[])["customer-service", .. programs]).Order());
            foreach (var part in common.AsObject().Where(part => part.Key != "permissions"))
            {
                JsonNode.DeepEquals(imported[part.Key], part.Value).ShouldBeTrue(part.Key);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_setting_that_a_manifest_names_is_one_that_a_program_reads()
    {
        var known = Literals()
            .Select(l => new Regex(
                "^" + Regex.Replace(Regex.Escape(l), @"\\\{[^}]*}", "[^:]+") + "$",
                RegexOptions.IgnoreCase
            ))
            .ToList();
        known.Count.ShouldBeGreaterThan(40);
        var files = Directory
            .GetFiles(InRepository("k8s"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(InRepository("deploy/compose")))
            .Append(InRepository("docker-compose.yml"))
            .Append(InRepository("deploy/Dockerfile"));
        var named = files
            .SelectMany(f =>
                Setting()
                    .Matches(File.ReadAllText(f))
                    .Select(m => m.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal))
            )
            .Distinct()
            .Where(name => !name.EndsWith(":*", StringComparison.Ordinal))
            .ToList();
        named.Count.ShouldBeGreaterThan(20);
        named.Where(name => !known.Exists(k => k.IsMatch(name))).ShouldBeEmpty();
    }

    [Fact]
    public void Every_address_between_programs_leads_to_a_service_and_a_port_that_are_there()
    {
        foreach (
            var (file, settings) in new (string, IEnumerable<KeyValuePair<string, JsonNode?>>)[]
            {
                ("k8s", Documents("k8s/base/configuration.yaml").SelectMany(d => d["data"]!.AsObject())),
                (
                    "compose",
                    Compose["services"]!
                        .AsObject()
                        .Where(s => s.Value!["environment"] is JsonObject)
                        .SelectMany(s => s.Value!["environment"]!.AsObject())
                ),
            }
        )
        {
            var inner = settings
                .Where(s => s.Value is not null)
                .Select(s => (s.Key, Match: Inner().Match(s.Value!.ToString())))
                .Where(s => s.Match.Success)
                .ToList();
            inner.Count.ShouldBeGreaterThan(12, file);
            foreach (var (key, match) in inner)
            {
                Programs.Select(p => p.Data).ShouldContain(match.Groups[1].Value, key);
                var port =
                    key.EndsWith("__Grpc", StringComparison.Ordinal) ? Defaults.GrpcPort
                    : key.EndsWith("__Management", StringComparison.Ordinal) ? Defaults.ManagementPort
                    : Defaults.HttpPort;
                match.Groups[2].Value.ShouldBe(Text(port), key);
            }
        }
    }

    [Fact]
    public void The_image_runs_under_an_account_without_rights_and_asks_the_management_port_for_its_health()
    {
        var lines = File.ReadAllText(InRepository("deploy/Dockerfile"))
            .Replace("\\\n", " ", StringComparison.Ordinal)
            .Split('\n');
        lines.Last(l => l.StartsWith("USER ", StringComparison.Ordinal)).ShouldBe("USER $APP_UID");
        Array
            .FindLastIndex(lines, l => l.StartsWith("USER ", StringComparison.Ordinal))
            .ShouldBeLessThan(Array.FindLastIndex(lines, l => l.StartsWith("ENTRYPOINT ", StringComparison.Ordinal)));
        lines.ShouldContain("EXPOSE " + string.Join(' ', Ports.Select(p => p.Port)));
        var health = lines.Single(l => l.StartsWith("HEALTHCHECK ", StringComparison.Ordinal));
        health.ShouldContain($"/dev/tcp/127.0.0.1/{Defaults.ManagementPort}");
        health.ShouldContain("GET /health/ready ");
        lines.ShouldNotContain(l => l.StartsWith("# syntax=", StringComparison.Ordinal));
        // The packages are those of the lock files.
        lines.ShouldContain("ENV RestoreLockedMode=true");
    }

    [Fact]
    public void The_images_are_built_with_every_file_that_the_build_imports()
    {
        var imported = new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" }
            .SelectMany(file =>
                ImportedFile().Matches(File.ReadAllText(InRepository(file))).Select(m => m.Groups[1].Value)
            )
            .ToList();
        imported.ShouldNotBeEmpty();
        var lines = File.ReadAllLines(InRepository(".dockerignore"));
        foreach (var file in imported)
        {
            File.Exists(InRepository(file)).ShouldBeTrue(file);
            var folder = file.Split('/')[0];
            lines.ShouldNotContain(folder, "a folder that is left out as a whole");
            (lines.Contains("!" + file) || !lines.Contains(folder + "/*")).ShouldBeTrue(
                $"{file} is left out of the images' build"
            );
        }
    }

    private static JsonNode Compose => Documents("docker-compose.yml").Single();

    private static void RunsWithoutRights(JsonNode pod, JsonNode container)
    {
        pod["securityContext"]!["runAsNonRoot"]!.ToString().ShouldBe("true");
        pod["securityContext"]!["seccompProfile"]!["type"]!.ToString().ShouldBe("RuntimeDefault");
        var context = container["securityContext"]!;
        context["runAsNonRoot"]!.ToString().ShouldBe("true");
        context["readOnlyRootFilesystem"]!.ToString().ShouldBe("true");
        context["allowPrivilegeEscalation"]!.ToString().ShouldBe("false");
        context["capabilities"]!["drop"]!.AsArray().Select(c => c!.ToString()).ShouldBe(["ALL"]);
        // What a program must write for a moment it writes there.
        container["volumeMounts"]!.AsArray().Select(v => v!["mountPath"]!.ToString()).ShouldContain("/tmp");
    }

    private static JsonNode One(string file, string kind, string name) =>
        Documents($"k8s/base/{file}.yaml")
            .Single(d => d["kind"]!.ToString() == kind && d["metadata"]!["name"]!.ToString() == name);

    /// <summary>The documents of a file with its anchors and merges resolved; every value is text.</summary>
    private static List<JsonNode> Documents(string path)
    {
        using var reader = new StringReader(File.ReadAllText(InRepository(path)));
        var parser = new MergingParser(new Parser(reader));
        var deserializer = new DeserializerBuilder().Build();
        var json = new SerializerBuilder().JsonCompatible().Build();
        var documents = new List<JsonNode>();
        parser.Consume<StreamStart>();
        while (parser.Accept<DocumentStart>(out _))
        {
            documents.Add(JsonNode.Parse(json.Serialize(deserializer.Deserialize<object>(parser)))!);
        }

        return documents;
    }

    /// <summary>The names of settings in the sources, as they are written there:
    /// <c>Gateway:Services:{name}:Http</c>.</summary>
    private static IReadOnlyList<string> Literals() =>
        [
            .. new[] { "services", "gateway", "shared" }
                .SelectMany(folder =>
                    Directory.EnumerateFiles(InRepository(folder), "*.cs", SearchOption.AllDirectories)
                )
                .Where(path => !Regex.IsMatch(path, @"[\\/](bin|obj)[\\/]"))
                .SelectMany(path => Literal().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value))
                .Distinct(),
        ];

    private static string InRepository(string path) => Path.Combine(Snapshot.Root(), path);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(JsonNode? text) => Number(text!.ToString());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b([A-Z][A-Za-z0-9]*(?:__[A-Za-z0-9*][A-Za-z0-9*\-]*)+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"""([A-Z][A-Za-z0-9]*(?::[A-Za-z0-9{}.\-]+)+)")]
    private static partial Regex Literal();

    [GeneratedRegex(@"<Import Project=""([^""]+)""")]
    private static partial Regex ImportedFile();

    [GeneratedRegex(@"^http://([a-z]+):(\d+)(?:/|$)")]
    private static partial Regex Inner();
}
