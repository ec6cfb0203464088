using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace CustomerService.ServiceDefaults;

internal static class Telemetry
{
    /// <summary>Traces, metrics and logs by OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; spans to a
    /// file of this program when <c>Telemetry:TraceFolder</c> is.</summary>
    public static void AddTelemetry(WebApplicationBuilder builder, string service)
    {
        var otlp = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        var folder = builder.Configuration["Telemetry:TraceFolder"];

        builder.Logging.ClearProviders();
        if (builder.Configuration["Logging:Format"] == "json")
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.IncludeScopes = true;
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss.fff ";
            });
        }

        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        // It puts the whole path of the request around every line of it, also where the path is a secret.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        // The state of health is answered on the management port; while a service starts it is not yet well,
        // and that is no fault.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.Critical);
        // Only Identity has cookies to protect, and says itself how its keys are kept.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // It warns whenever it makes a page uncacheable that was uncacheable already.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.Logging.AddFilter("System.Net.Http", LogLevel.Warning);
        builder.Logging.AddFilter("Polly", LogLevel.Warning);
        // Two messages that meet on one record are daily life, and the second is tried again; what is put off
        // or given up the messaging says itself.
        builder.Logging.AddFilter("MassTransit.ReceiveTransport", LogLevel.Error);
        // At Information it tells every step of every request to the issuer.
        builder.Logging.AddFilter("OpenIddict", LogLevel.Warning);

        var telemetry = builder
            .Services.AddOpenTelemetry()
            .ConfigureResource(resource =>
                resource.AddService(
                    "customer-service." + service,
                    serviceInstanceId: Environment.MachineName + "-" + Environment.ProcessId
                )
            )
            .WithTracing(tracing =>
            {
                tracing
                    .AddAspNetCoreInstrumentation(options =>
                        options.Filter = context => !context.Request.Path.StartsWithSegments("/health")
                    )
                    .AddHttpClientInstrumentation()
                    .AddNpgsql()
                    // The gRPC client has a span of its own around its HTTP call; without it that call would
                    // stand in no tree.
                    .AddSource(
                        "CustomerService.*",
                        "MassTransit",
                        "Yarp.ReverseProxy",
                        "Grpc.Net.Client",
                        "MongoDB.Driver"
                    )
                    .AddProcessor(new SecretPathProcessor());
                if (otlp)
                {
                    tracing.AddOtlpExporter();
                }

                if (!string.IsNullOrEmpty(folder))
                {
                    tracing.AddProcessor(new SimpleActivityExportProcessor(new TraceFileExporter(folder, service)));
                }
                else if (!otlp)
                {
                    // Nothing takes the spans: only the trace's id is passed on, for correlation.
                    tracing.SetSampler(new AlwaysOffSampler());
                }
            });
        if (!otlp)
        {
            return;
        }

        telemetry
            .WithMetrics(metrics =>
                metrics
                    .AddAspNetCoreInstrumentation()
                    .AddHttpClientInstrumentation()
                    .AddRuntimeInstrumentation()
                    .AddMeter("CustomerService.*", "MassTransit", "Npgsql", "Yarp.ReverseProxy")
                    .AddOtlpExporter()
            )
            .WithLogging(logging => logging.AddOtlpExporter());
    }
}

/// <summary>
/// Appends one JSON line a span to a file, so that a trace can be read on a machine without a collector. Every
/// program has a file of its own:
/// .NET appends at the place where it saw the end of the file, so two programs that share one write over each
/// other's lines.
/// </summary>
internal sealed class TraceFileExporter(string folder, string service) : BaseExporter<Activity>
{
    private readonly StreamWriter _file = Open(folder, service);

    // The processor that hands over every span as it ends hands over one at a time.
    public override ExportResult Export(in Batch<Activity> batch)
    {
        foreach (var span in batch)
        {
            _file.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        trace = span.TraceId.ToString(),
                        span = span.SpanId.ToString(),
                        parent = span.ParentSpanId == default ? null : span.ParentSpanId.ToString(),
                        service,
                        source = span.Source.Name,
                        name = span.DisplayName,
                        kind = span.Kind.ToString(),
                        start = span.StartTimeUtc,
                        milliseconds = span.Duration.TotalMilliseconds,
                        error = span.Status == ActivityStatusCode.Error,
                    }
                )
            );
        }

        return ExportResult.Success;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static StreamWriter Open(string folder, string service)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(
            Path.Combine(folder, $"{service}-{Environment.ProcessId}.jsonl"),
            FileMode.Append,
            FileAccess.Write,
            FileShare.ReadWrite
        );
        return new StreamWriter(file) { AutoFlush = true };
    }
}
