using CustomerService.Complaints.Capas.Domain;
using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Meetings.Domain;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints;

/// <summary>Settings of this service.</summary>
/// <param name="SweepEvery"><c>Complaints:SweepSeconds</c>: how often is looked for liabilities that were unclear for
/// too long; default every 15 minutes, so that a day's turn is seen soon after midnight.</param>
/// <param name="AskTimeout"><c>Complaints:AskMilliseconds</c>: how long another service may take for an answer;
/// default 2000.</param>
/// <param name="PublicUrl">See <see cref="ServiceDefaults.PublicUrl"/>.</param>
internal sealed record ComplaintsSettings(TimeSpan SweepEvery, TimeSpan AskTimeout, string PublicUrl)
{
    /// <summary>The address of a complaint, for the QR code of its forms.</summary>
    public string AddressOf(Complaint complaint) => $"{PublicUrl}/complaints/{complaint.Id}";

    /// <summary>The address of a CAPA, for the QR code of its report.</summary>
    public string AddressOf(Capa capa) => $"{PublicUrl}/capas/{capa.Id}";

    /// <summary>The address of a meeting, for the QR code of its minutes.</summary>
    public string AddressOf(ReviewMeeting meeting) => $"{PublicUrl}/meetings/{meeting.Id}";

    /// <summary>Where the holder of a link finds the answer.</summary>
    public string LinkOf(string token) => $"{PublicUrl}/api/complaints/v1/answer-links/{token}";

    public static ComplaintsSettings From(IConfiguration configuration) =>
        new(
            TimeSpan.FromSeconds(Settings.Number(configuration, "Complaints:SweepSeconds", 900, 1, 86_400)),
            TimeSpan.FromMilliseconds(Settings.Number(configuration, "Complaints:AskMilliseconds", 2000, 50, 30_000)),
            ServiceDefaults.PublicUrl.From(configuration)
        );
}
