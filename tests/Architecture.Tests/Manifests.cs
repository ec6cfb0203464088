using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CustomerService.ServiceDefaults;
using CustomerService.Testing;
using k8s;
using k8s.Models;
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

        // The autoscaler alone says how many there are.
        deployment["spec"]!["replicas"].ShouldBeNull();
        One(program, "HorizontalPodAutoscaler", program)["spec"]!["scaleTargetRef"]!["name"]!
            .ToString()
            .ShouldBe(program);
        // The gateway and the questions by gRPC know the pods; the ingress asks the gateway by one address.
        (One(program, "Service", program)["spec"]!["clusterIP"]?.ToString()).ShouldBe(
            program == "gateway" ? null : "None"
        );
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
        // By this label they are deleted before the next release is applied.
        var labels = One(program, "Job", program + "-migrate")["metadata"]!["labels"]!;
        labels["app.kubernetes.io/part-of"]!.ToString().ShouldBe("customer-service");
        labels["app.kubernetes.io/name"]!.ToString().ShouldBe(program + "-migrate");
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
        // A hash in the name replaces the pods when a setting changes.
        Documents("k8s/base/kustomization.yaml").Single()["configMapGenerator"]!
            .AsArray()
            .ToDictionary(g => g!["name"]!.ToString(), g => g!["envs"]!.AsArray().Single()!.ToString())
            .ShouldBe(
                Directory
                    .GetFiles(InRepository("k8s/base"), "*.env")
                    .Select(f => Path.GetFileName(f)!)
                    .ToDictionary(f => Path.GetFileNameWithoutExtension(f)),
                ignoreOrder: true
            );
        One("namespace", "Namespace", "customer-service")["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"]!
            .ToString()
            .ShouldBe("restricted");
    }

    [Fact]
    public void All_pools_of_all_replicas_fit_into_the_connections_that_the_manual_asks_for()
    {
        var most = WithStore.Sum(p =>
            Number(One(p.Data, "HorizontalPodAutoscaler", p.Data)["spec"]!["maxReplicas"])
            // While a release is rolled out there is one more, and the job.
            + 2
        );
        var manual = File.ReadAllText(InRepository("k8s/README.md"));
        var pool = Number(Regex.Match(manual, @"Maximum Pool Size=(\d+)").Groups[1].Value);
        var connections = Number(Regex.Match(manual, @"max_connections = (\d+)").Groups[1].Value);
        (most * pool).ShouldBeLessThanOrEqualTo(connections);
        // One replica of each in compose.
        var compose = Compose["services"]!;
        var server = Number(
            Regex.Match(compose["postgres"]!["command"]!.ToJsonString(), @"max_connections=(\d+)").Groups[1].Value
        );
        WithStore
            .Where(p => p.Data != "surveys")
            .Select(p => compose[p.Data]!["environment"]!["ConnectionStrings__Store"]!.ToString())
            .Append(File.ReadAllText(InRepository("deploy/compose/surveys-postgres.env")))
            .Sum(store => Number(Regex.Match(store, @"Maximum Pool Size=(\d+)").Groups[1].Value))
            .ShouldBeLessThan(server / 2, "there is room to scale to two");
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_overlay_renders_to_documents_that_name_each_other_where_kubectl_is_there(bool withCompany)
    {
        using var folder = new TemporaryFolder();
        foreach (var part in (string[])["base", "overlays/production"])
        {
            Directory.CreateDirectory(Path.Combine(folder.Path, part));
            foreach (var file in Directory.GetFiles(InRepository("k8s/" + part)))
            {
                var text = await File.ReadAllTextAsync(file);
                // As the overlay says what to do for the company's own files.
                text = withCompany
                    ? Regex.Replace(text, @"(?m)^( +)# (- (\{ name: company,|Company__))", "$1$2")
                    : text;
                await File.WriteAllTextAsync(Path.Combine(folder.Path, part, Path.GetFileName(file)), text);
            }
        }

        var overlay = Path.Combine(folder.Path, "overlays/production");
        await File.WriteAllTextAsync(Path.Combine(overlay, "calendars.json"), "{}");
        await File.WriteAllTextAsync(Path.Combine(overlay, "policies.json"), "{}");
        if (await RenderAsync(overlay) is not { } rendered)
        {
            Assert.Skip("kubectl is not installed: nothing can render the overlay.");
            return;
        }

        var documents = KubernetesYaml.LoadAllFromString(rendered, strict: true);
        documents
            .Cast<IKubernetesObject<V1ObjectMeta>>()
            .Where(d => d is not V1Namespace)
            .ShouldAllBe(d => d.Metadata.NamespaceProperty == "customer-service");
        var settings = documents.OfType<V1ConfigMap>().Select(map => map.Metadata.Name).ToHashSet();
        settings.Count.ShouldBe(withCompany ? 3 : 2);
        var pods = documents
            .OfType<V1Deployment>()
            .Select(d => d.Spec.Template.Spec)
            .Concat(documents.OfType<V1Job>().Select(j => j.Spec.Template.Spec))
            .ToList();
        pods.Count.ShouldBe(Programs.Count + WithStore.Count);
        foreach (var pod in pods)
        {
            var container = pod.Containers.Single();
            container.Image.ShouldStartWith("registry.example.org/");
            container
                .EnvFrom.Select(e => e.ConfigMapRef?.Name)
                .OfType<string>()
                .ShouldAllBe(name => settings.Contains(name));
            settings
                .Contains(pod.Volumes.Single(v => v.Name == "company").ConfigMap.Name)
                .ShouldBe(withCompany, "the company's files are there, under the name that the hash gives them");
        }
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
            .Where(s => s.Value!["networks"]?.AsArray().Any(n => n!.ToString() != "back") ?? true)
            .Select(s => s.Key)
            .ShouldBe(
                ["repairs", "complaints", "surveys", "reporting", "gateway", "demo"],
                "mails and webhooks go out, and the demonstration data come through the gateway's published port"
            );
        services
            .Where(s => s.Value!["networks"]?.AsArray().Any(n => n!.ToString() == "front") ?? false)
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

        Compose["services"]!
            .AsObject()
            .Where(s => s.Value!["image"]!.ToString().StartsWith("customer-service/", StringComparison.Ordinal))
            .ShouldAllBe(s => s.Value!["pull_policy"]!.ToString() == "never", "what is ours is built, never fetched");
        Compose["services"]!
            .AsObject()
            .ShouldAllBe(s => s.Value!["mem_limit"] != null && s.Value["logging"]!["options"]!["max-size"] != null);
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
            .ShouldBe(
                $"amqp://{program}:${{{variable}:?run deploy/compose/secrets.sh}}@rabbitmq:5672/customer-service"
            );
        services["rabbitmq"]!["environment"]![variable]!.ToString().ShouldBe($"${{{variable}}}");
        File.ReadAllText(InRepository("deploy/compose/rabbitmq-start.sh"))
            .ShouldMatch($@"(?m)^(account {program} ""\${variable}"" """"|publisher {program} ""\${variable}""$)");
        File.ReadAllText(InRepository(".env.example")).ShouldContain($"\n{variable}=");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task The_passwords_of_compose_are_made_once_each_its_own_and_for_nobody_elses_eyes()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "deploy/compose"));
        File.Copy(InRepository(".env.example"), Path.Combine(folder.Path, ".env.example"));
        File.Copy(InRepository("deploy/compose/secrets.sh"), Path.Combine(folder.Path, "deploy/compose/secrets.sh"));
        var script = Path.Combine(folder.Path, "deploy/compose/secrets.sh");

        (await RunAsync("/bin/sh", script)).ShouldBe(0);
        var file = Path.Combine(folder.Path, ".env");
        var made = await File.ReadAllTextAsync(file);
        File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        made.ShouldNotContain("=change");
        var secrets = Regex.Matches(made, @"=([0-9a-f]{48})$", RegexOptions.Multiline).Select(m => m.Value).ToList();
        secrets.Count.ShouldBe(Regex.Count(File.ReadAllText(InRepository(".env.example")), "=change"));
        secrets.ShouldBeUnique();

        // What runs with these passwords would be lost with them.
        (await RunAsync("/bin/sh", script)).ShouldBe(1);
        (await File.ReadAllTextAsync(file)).ShouldBe(made);
        File.ReadAllLines(InRepository(".gitignore")).ShouldContain(".env");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_password_of_the_database_that_was_changed_holds_from_the_next_start()
    {
        using var folder = new TemporaryFolder();
        // The image's own programs, of which only their arguments count here.
        await ScriptAsync(folder, "gosu", "echo \"$*\" > \"$PGDATA/alone\"; cat > \"$PGDATA/statements\"");
        await ScriptAsync(folder, "docker-entrypoint.sh", "echo \"$*\" > \"$PGDATA/started\"");
        var environment = WithStore.ToDictionary(p => $"{p.Data.ToUpperInvariant()}_DB_PASSWORD", p => p.Data + "-1");
        environment["POSTGRES_PASSWORD"] = "root-1";
        environment["PGDATA"] = folder.Path;
        environment["PATH"] = folder.Path + ":" + Environment.GetEnvironmentVariable("PATH");
        Task<int> StartAsync() =>
            RunAsync("/bin/bash", InRepository("deploy/compose/postgres-start.sh") + " postgres", environment);

        (await StartAsync()).ShouldBe(0);
        File.Exists(Path.Combine(folder.Path, "alone")).ShouldBeFalse("there are no data yet");
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "started"))).Trim().ShouldBe("postgres");

        await File.WriteAllTextAsync(Path.Combine(folder.Path, "PG_VERSION"), "17");
        (await StartAsync()).ShouldBe(0);
        (await File.ReadAllTextAsync(Path.Combine(folder.Path, "alone"))).ShouldStartWith("postgres postgres --single");
        (await File.ReadAllLinesAsync(Path.Combine(folder.Path, "statements"))).ShouldBe(
            [
                "ALTER ROLE \"postgres\" PASSWORD 'root-1';",
                .. WithStore.Select(p => $"ALTER ROLE \"{p.Data}\" PASSWORD '{p.Data}-1';"),
            ],
            ignoreOrder: true
        );

        File.Delete(Path.Combine(folder.Path, "started"));
        environment["REPAIRS_DB_PASSWORD"] = "a'; DROP ROLE identity; --";
        (await StartAsync()).ShouldBe(1);
        File.Exists(Path.Combine(folder.Path, "started")).ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_compose_the_broker_imports_the_common_definitions_with_an_account_for_each_program(bool isOpen)
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

            start.Environment["DEPARTMENT_ACCOUNTS_PASSWORD"] = isOpen ? "accounts" : "";
            string[] people = isOpen ? ["customer-service", "department-accounts"] : ["customer-service"];

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
                .ShouldBe(["customer-service", "department-accounts", .. programs], ignoreOrder: true);
            foreach (var user in imported["users"]!.AsArray())
            {
                var name = user!["name"]!.ToString();
                user["tags"]!.ToString().ShouldBe(people.Contains(name) ? "administrator" : "", name);
                // An account that was there before has no password any more.
                var isShut = name == "department-accounts" && !isOpen;
                (user["password_hash"]?.ToString()).ShouldBe(isShut ? "" : null, name);
                (user["password"] is null).ShouldBe(isShut, name);
            }

            imported["permissions"]!
                .AsArray()
                .Select(p => p!["user"]!.ToString())
                .Order()
                .ShouldBe(people.Concat(programs).Order());
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
    public void A_departments_queue_that_nobody_reads_any_more_cannot_fill_the_broker()
    {
        var policies = JsonNode.Parse(File.ReadAllText(InRepository("deploy/rabbitmq/definitions.json")))!["policies"]!;
        JsonNode Of(string queue) =>
            policies
                .AsArray()
                .Where(p => Regex.IsMatch(queue, p!["pattern"]!.ToString()))
                .MaxBy(p => Number(p!["priority"]))!["definition"]!;

        Number(Of("department.quality")["max-length-bytes"]).ShouldBeGreaterThan(0);
        Of("department.quality")["overflow"]!.ToString().ShouldBe("drop-head", "publishing goes on");
        // What is ours is never dropped for its length.
        foreach (var queue in (string[])["repairs.track-people", "repairs.track-people_error", "repairs.a_delay_60s"])
        {
            Of(queue)["max-length-bytes"].ShouldBeNull(queue);
        }
    }

    [Fact]
    public void Every_setting_that_a_manifest_names_is_one_that_a_program_reads()
    {
        var known = Literals()
            .Concat(Bound())
            .Select(l => new Regex(
                "^" + Regex.Replace(Regex.Escape(l), @"\\\{[^}]*}", "[^:]+") + "$",
                RegexOptions.IgnoreCase
            ))
            .ToList();
        known.Count.ShouldBeGreaterThan(40);
        var files = Directory
            .GetFiles(InRepository("k8s"), "*.yaml", SearchOption.AllDirectories)
            .Concat(Directory.GetFiles(InRepository("k8s/base"), "*.env"))
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
    public void Every_setting_that_a_program_reads_is_in_the_manual_and_none_that_no_program_reads()
    {
        var roots = new[] { "services", "gateway", "shared" };
        var read = roots
            .SelectMany(folder => Directory.EnumerateFiles(InRepository(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !Regex.IsMatch(path, @"[\\/](bin|obj)[\\/]"))
            .SelectMany(path => Read().Matches(File.ReadAllText(path)).Select(m => m.Groups[1].Value))
            .Concat(Bound())
            .Distinct()
            .ToList();
        read.Count.ShouldBeGreaterThan(60);
        var told = new[] { "settings.md", "gateway.md" }.SelectMany(ManualKeys).ToHashSet();
        told.Count.ShouldBeGreaterThan(60);
        static bool AreOne(string one, string other) =>
            Regex.IsMatch(one, Pattern(other)) || Regex.IsMatch(other, Pattern(one));
        static string Pattern(string key) => "^" + Regex.Replace(Regex.Escape(key), @"\\\{[^}]*}", "[^:]+") + "(:.*)?$";

        read.Where(key => !told.Any(t => AreOne(key, t))).ShouldBeEmpty();
        var all = read.Concat(Literals()).ToList();
        told.Where(key => key.Contains(':', StringComparison.Ordinal) && !all.Exists(r => AreOne(key, r)))
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_address_between_programs_leads_to_a_service_and_a_port_that_are_there()
    {
        foreach (
            var (file, settings) in new (string, IEnumerable<KeyValuePair<string, JsonNode?>>)[]
            {
                (
                    "k8s",
                    Directory
                        .GetFiles(InRepository("k8s/base"), "*.env")
                        .SelectMany(File.ReadAllLines)
                        .Where(line => line.Contains('=', StringComparison.Ordinal) && line[0] != '#')
                        .Select(line => line.Split('=', 2))
                        .Select(pair => KeyValuePair.Create(pair[0], (JsonNode?)JsonValue.Create(pair[1])))
                ),
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
            // What a project takes in from another folder.
            .Concat(
                new[] { "gateway", "services", "shared", "deploy" }
                    .SelectMany(folder =>
                        Directory.EnumerateFiles(InRepository(folder), "*.csproj", SearchOption.AllDirectories)
                    )
                    .SelectMany(project =>
                        TakenInFile()
                            .Matches(File.ReadAllText(project))
                            .Select(m => Path.Combine(Path.GetDirectoryName(project)!, m.Groups[1].Value))
                    )
                    .Select(file => Path.GetRelativePath(Snapshot.Root(), Path.GetFullPath(file)))
            )
            .ToList();
        imported.ShouldContain("deploy/rabbitmq/definitions.json");
        var lines = File.ReadAllLines(InRepository(".dockerignore"));
        foreach (var file in imported)
        {
            (file.Contains('*', StringComparison.Ordinal) || File.Exists(InRepository(file))).ShouldBeTrue(file);
            var folder = file.Split('/')[0];
            lines.ShouldNotContain(folder, "a folder that is left out as a whole");
            (
                lines.Any(line =>
                    line == "!" + file
                    || file.StartsWith(line.TrimStart('!') + "/", StringComparison.Ordinal) && line[0] == '!'
                ) || !lines.Contains(folder + "/*")
            ).ShouldBeTrue($"{file} is left out of the images' build");
        }
    }

    [Fact]
    public void What_is_restored_depends_on_the_files_that_the_images_restore_from_and_not_on_the_patch_of_the_SDK()
    {
        // A package that the SDK adds of itself has the SDK's version, and comes or not with files that are not there
        // yet while the packages are restored.
        var named = NamedPackage()
            .Matches(File.ReadAllText(InRepository("Directory.Packages.props")))
            .Select(m => m.Groups[1].Value)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var locks = new[] { "services", "gateway", "shared", "deploy" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(InRepository(folder), "packages.lock.json", SearchOption.AllDirectories)
            )
            .ToList();
        locks.Count.ShouldBeGreaterThan(12);
        locks
            .SelectMany(file => JsonNode.Parse(File.ReadAllText(file))!["dependencies"]!.AsObject())
            .SelectMany(framework => framework.Value!.AsObject())
            .Where(package => package.Value!["type"]!.ToString() == "Direct")
            .Select(package => package.Key)
            .Where(package => !named.Contains(package))
            .ShouldBeEmpty();
    }

    private static async Task<string?> RenderAsync(string overlay)
    {
        try
        {
            using var kubectl = Process.Start(
                new ProcessStartInfo("kubectl", ["kustomize", overlay]) { RedirectStandardOutput = true }
            )!;
            var rendered = await kubectl.StandardOutput.ReadToEndAsync();
            await kubectl.WaitForExitAsync();
            kubectl.ExitCode.ShouldBe(0);
            return rendered;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static async Task<int> RunAsync(
        string program,
        string arguments,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    [UnsupportedOSPlatform("windows")]
    private static async Task ScriptAsync(TemporaryFolder folder, string name, string body)
    {
        var file = Path.Combine(folder.Path, name);
        await File.WriteAllTextAsync(file, "#!/bin/bash\n" + body + "\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("customer-service-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
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
        // The company's files, where there are any, are read by whatever reads the settings.
        container["volumeMounts"]!.AsArray().Single(v => v!["name"]!.ToString() == "company")!["mountPath"]!
            .ToString()
            .ShouldBe("/etc/customer-service/company");
        var company = pod["volumes"]!.AsArray().Single(v => v!["name"]!.ToString() == "company")!["configMap"]!;
        (company["name"]!.ToString(), company["optional"]!.ToString()).ShouldBe(("company", "true"));
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

    /// <summary>The settings of sections that are bound to a type.</summary>
    private static IEnumerable<string> Bound() =>
        new[] { "services", "gateway", "shared" }
            .SelectMany(folder => Directory.EnumerateFiles(InRepository(folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !Regex.IsMatch(path, @"[\\/](bin|obj)[\\/]"))
            .SelectMany(path => BoundSection().Matches(File.ReadAllText(path)))
            .SelectMany(bound =>
                Assemblies
                    .Services.Concat(Assemblies.Gateways)
                    .SelectMany(assembly =>
                        assembly
                            .GetReferencedAssemblies()
                            .Where(name => name.Name!.StartsWith("CustomerService.", StringComparison.Ordinal))
                            .Select(Assembly.Load)
                            .Append(assembly)
                    )
                    .SelectMany(assembly => assembly.GetTypes())
                    .First(type => type.Name == bound.Groups["type"].Value)
                    .GetProperties()
                    .Where(property => property.CanWrite && !typeof(Delegate).IsAssignableFrom(property.PropertyType))
                    .Select(property => $"{bound.Groups["section"].Value}:{property.Name}")
            );

    /// <summary>The keys in the tables of a manual; <c>:Burst</c> behind <c>A:B</c> stands for <c>A:Burst</c>.</summary>
    private static IEnumerable<string> ManualKeys(string manual)
    {
        foreach (var line in File.ReadAllLines(InRepository("docs/" + manual)))
        {
            var full = "";
            foreach (
                var key in ManualKey()
                    .Matches(line.Split(" | ")[0])
                    .Select(m => m.Groups[1].Value.TrimEnd('…', '0', ':'))
            )
            {
                full = key[0] == ':' ? full[..full.LastIndexOf(':')] + key : key;
                if (line[0] == '|' && char.IsAsciiLetterUpper(full[0]))
                {
                    yield return full;
                }
            }
        }
    }

    private static string InRepository(string path) => Path.Combine(Snapshot.Root(), path);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(JsonNode? text) => Number(text!.ToString());

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"<(?:EmbeddedResource|None|Content|Compile|AdditionalFiles)\s+Include=""(\.\./[^""]+)""")]
    private static partial Regex TakenInFile();

    [GeneratedRegex(@"<(?:PackageVersion|GlobalPackageReference) Include=""([^""]+)""")]
    private static partial Regex NamedPackage();

    [GeneratedRegex(@"\b([A-Z][A-Za-z0-9]*(?:__[A-Za-z0-9*][A-Za-z0-9*\-]*)+)")]
    private static partial Regex Setting();

    [GeneratedRegex(@"""([A-Z][A-Za-z0-9]*(?::[A-Za-z0-9{}.\-]+)+)")]
    private static partial Regex Literal();

    [GeneratedRegex(
        @"(?:Settings\.\w+\(\s*\w*\.?[cC]onfiguration,\s*|[cC]onfiguration\[)\$?""([A-Z][A-Za-z0-9]*:[A-Za-z0-9{}.:]+)"""
    )]
    private static partial Regex Read();

    [GeneratedRegex(
        @"AddOptions<(?<type>\w+)>\(\)\.Bind\(\w*\.?[cC]onfiguration\.GetSection\(""(?<section>\w+)""\)\)"
            + @"|Settings\.Bind\(configuration, ""(?<section>[\w:]+)"", new (?<type>\w+)\(\)\)"
    )]
    private static partial Regex BoundSection();

    [GeneratedRegex(@"`(:?[A-Za-z][A-Za-z0-9{}\-]*(?::[A-Za-z0-9{}.…\-]+)*)`")]
    private static partial Regex ManualKey();

    [GeneratedRegex(@"<Import Project=""([^""]+)""")]
    private static partial Regex ImportedFile();

    [GeneratedRegex(@"^http://([a-z]+):(\d+)(?:/|$)")]
    private static partial Regex Inner();
}
