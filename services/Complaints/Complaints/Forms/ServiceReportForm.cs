using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Complaints.Repairs;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Forms;

/// <summary>Form FM005, 維修服務報告 (C5.3.2, C10).</summary>
internal sealed class ServiceReportForm(
    ComplaintsDb db,
    RepairsClient repairs,
    ComplaintsSettings settings,
    Caller caller
) : IForm
{
    private const float Paragraph = 60;

    public async Task<FormResult> FillAsync(Guid id, FormTexts texts, CancellationToken cancellation)
    {
        var complaint = await db
            .Complaints.AsNoTracking()
            .VisibleTo(caller.Actor)
            .FirstOrDefaultAsync(c => c.Id == id, cancellation);
        if (complaint is null)
        {
            return FormResult.NotFound;
        }

        if (complaint.CheckServiceReport() is { } refusal)
        {
            return refusal;
        }

        var report = complaint.ServiceReport!;
        // What Repairs could not say when the form was made out it may say now.
        return Fill(
            complaint,
            report.Missing.Count > 0 && await repairs.AskAsync(complaint, report.RmaNumber, cancellation) is { } repair
                ? report.FilledBy(repair)
                : report,
            texts
        ) with
        {
            Link = settings.AddressOf(complaint),
        };
    }

    internal static FormDocument Fill(Complaint complaint, ServiceReport report, FormTexts texts)
    {
        var pending = texts.Say("form.data-pending");
        return new()
        {
            Form = FormCodes.Of(Complaint.ReportForm),
            Title = texts.Say("form.fm005"),
            Number = report.Number!,
            Language = texts.Language,
            Version = complaint.Version,
            Sections =
            [
                texts.Section(
                    "customer",
                    FormRow.Of(
                        texts.Cell("customer", complaint.CustomerName),
                        texts.Cell("contact", complaint.Contact),
                        texts.Cell("phone", complaint.Phone)
                    ),
                    FormRow.Of(
                        texts.Cell("number", complaint.Number),
                        texts.Cell("registered-on", FormTexts.Day(complaint.RegisteredOn)),
                        texts.Cell("rma-number", report.RmaNumber)
                    )
                ),
                texts.Section(
                    "service",
                    FormRow.Of(
                        texts.Cell("product", report.Product ?? pending),
                        texts.Cell("serial-number", report.SerialNumber)
                    ),
                    FormRow.Of(
                        texts.Cell("service-from", FormTexts.Day(report.From) ?? pending),
                        texts.Cell("service-to", FormTexts.Day(report.To) ?? pending),
                        texts.Cell("engineer", report.Engineer ?? pending)
                    ),
                    FormRow.Of(texts.Cell("fault", report.Fault ?? pending).WithRoom(Paragraph)),
                    FormRow.Of(texts.Cell("work", report.Work ?? pending).WithRoom(Paragraph)),
                    FormRow.Of(texts.Cell("parts", FormTexts.Numbered(report.Parts)).WithRoom(Paragraph)),
                    FormRow.Of(
                        texts
                            .Cell("service-result", report.Result)
                            .WithRoom(Paragraph)
                            .Signed(
                                texts.Cell("made-out-by", report.By.Name),
                                texts.Cell("made-out-at", texts.DayOf(report.By.At))
                            )
                    )
                ),
                texts.Section(
                    "customer-opinion",
                    FormRow.Of(
                        texts
                            .Cell("opinion", complaint.Confirmation?.Opinion)
                            .WithRoom(Paragraph)
                            .Signed(
                                texts.Cell("confirmed-by", complaint.Confirmation?.Signature.PrintedName),
                                texts.Cell("confirmed-at", texts.At(complaint.Confirmation?.Signature.At))
                            )
                    )
                ),
            ],
        };
    }
}
