using System.Diagnostics;
using CustomerService.Contracts.Projects.Grpc.V1;
using CustomerService.Rules;
using CustomerService.Testing;
using Grpc.Core;
using Grpc.Net.Client;
using Questions = CustomerService.Contracts.Projects.Grpc.V1.Warranty;

namespace CustomerService.Load.Projects;

/// <summary>The warranty question by gRPC, the server on one core, against a bare echo of the same messages on
/// one core, asked by the same client.</summary>
internal static class WarrantyAsked
{
    private const int Projects = 10_000;
    private const int AtOnce = 32;
    private const int Rounds = 5;
    private const double PerSecond = 3_000;
    private const double Share = 0.5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);
    private static readonly string[] Parts = ["main-structure", "roof", "heating", "electrical"];

    public static async Task<IReadOnlyList<Row>> MeasureAsync(Place place)
    {
        await using var issuer = await TestIssuer.StartAsync();
        var database = await Registry.NewAsync(place, "warranty", Projects, 1);
        var projects = (
            await Registry.ReadAsync(
                database,
                "select id from projects where state = 'HandedOver' order by md5(id::text)"
            )
        ).ToArray();
        await using var service = await ServiceProcess.StartAsync(
            database,
            await place.NewVirtualHostAsync("warranty"),
            issuer,
            core: 0
        );
        await using var echo = await ServiceProcess.StartEchoAsync(core: 0);
        using var ours = GrpcChannel.ForAddress(service.Grpc);
        using var bare = GrpcChannel.ForAddress(echo.Grpc);
        // Both carry the token; only one looks at it.
        var headers = new Metadata
        {
            {
                "Authorization",
                "Bearer " + issuer.Token("svc-repairs", "svc-repairs", [Roles.System], lifetime: TimeSpan.FromHours(6))
            },
        };
        var (askOurs, askBare) = (new Questions.WarrantyClient(ours), new Questions.WarrantyClient(bare));

        // On one core the compiler takes its time beside the questions.
        for (var warmUp = 0; warmUp < 6; warmUp++)
        {
            await AskAsync(askBare, headers, projects);
            await AskAsync(askOurs, headers, projects);
        }

        var rounds = new List<(double Baseline, double Ours)>();
        for (var round = 1; round <= Rounds; round++)
        {
            var (a, b) = (await AskAsync(askBare, headers, projects), await AskAsync(askOurs, headers, projects));
            rounds.Add((a, b));
            Console.WriteLine(
                FormattableString.Invariant(
                    $"warranty  round {round}: echo {a:#,0}/s, ours {b:#,0}/s; the processes have used {echo.ProcessorSeconds:0.0} and {service.ProcessorSeconds:0.0} s of the processor"
                )
            );
        }

        // 3 000 a second, or half of what the transport alone gives on this machine where that is less.
        var limit = Math.Min(Share, PerSecond / Row.Median(rounds.Select(r => r.Baseline)));
        return
        [
            Row.Of(
                "warranty questions by gRPC, server on one core",
                "questions/s",
                rounds,
                limit,
                false,
                "a bare gRPC echo of the same messages; at least 3 000/s or 0.5, whichever is less"
            ),
        ];
    }

    private static async Task<double> AskAsync(Questions.WarrantyClient client, Metadata headers, string[] projects)
    {
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(
            Enumerable
                .Range(0, AtOnce)
                .Select(asker =>
                    Task.Run(async () =>
                    {
                        var asked = 0;
                        for (var i = asker; Stopwatch.GetElapsedTime(began) < Round; i += AtOnce)
                        {
                            var answer = await client.AskAsync(
                                new WarrantyQuestion
                                {
                                    ProjectId = projects[i % projects.Length],
                                    PartCode = Parts[i % Parts.Length],
                                    On = "2026-11-24",
                                },
                                headers
                            );
                            asked +=
                                answer.PolicyVersion == 1
                                    ? 1
                                    : throw new InvalidOperationException("No answer at all.");
                        }

                        return asked;
                    })
                )
        );
        return answers.Sum() / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
