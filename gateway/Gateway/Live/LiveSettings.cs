using CustomerService.ServiceDefaults;

namespace CustomerService.Gateway.Live;

/// <summary>Settings of the live stream, section <c>Gateway:Live</c>.</summary>
/// <param name="Broker">AMQP address, <c>ConnectionStrings:RabbitMq</c>.</param>
/// <param name="Exchange">Topic exchange of the events.</param>
/// <param name="Remembered">Events kept for streams that come back; default 2000.</param>
/// <param name="StreamCapacity">Events that may wait for one slow reader; default 256.</param>
/// <param name="StreamsPerUser">Streams that one person may have open; default 10.</param>
/// <param name="Heartbeat">How often a comment shows that the stream lives; default 15 s.</param>
internal sealed record LiveSettings(
    Uri Broker,
    string Exchange,
    int Remembered,
    int StreamCapacity,
    int StreamsPerUser,
    TimeSpan Heartbeat
)
{
    public static LiveSettings From(IConfiguration configuration)
    {
        var broker = configuration["ConnectionStrings:RabbitMq"] is { Length: > 0 } set
            ? set
            : "amqp://guest:guest@localhost:5672/";
        return new LiveSettings(
            Uri.TryCreate(broker, UriKind.Absolute, out var uri) && uri.Scheme is "amqp" or "amqps"
                ? uri
                : throw new SettingException("Setting ConnectionStrings:RabbitMq is not an amqp or amqps address."),
            configuration["Gateway:Live:Exchange"] is { Length: > 0 } exchange ? exchange : "customer-service.events",
            Settings.Number(configuration, "Gateway:Live:Remembered", 2000, 1, 100_000),
            Settings.Number(configuration, "Gateway:Live:StreamCapacity", 256, 1, 100_000),
            Settings.Number(configuration, "Gateway:Live:StreamsPerUser", 10, 1, 10_000),
            TimeSpan.FromMilliseconds(
                Settings.Number(configuration, "Gateway:Live:HeartbeatMilliseconds", 15_000, 50, 600_000)
            )
        );
    }
}
