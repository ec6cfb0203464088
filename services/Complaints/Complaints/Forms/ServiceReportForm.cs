using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Forms;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace CustomerService.Complaints.Complaints.Forms;

/// <summary>Form FM005, 維修服務報告 (C5.3.2, C10).</summary>
internal sealed class ServiceReportForm(ComplaintsDb db, Caller caller) : IForm
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

        return complaint.CheckServiceReport() is { } refusal ? refusal : Fill(complaint, texts);
    }

    internal static FormDocument Fill(Complaint complaint, FormTexts texts)
    {
        var report = complaint.ServiceReport!;
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
                    FormRow.Of(texts.Cell("product", report.Product), texts.Cell("serial-number", report.SerialNumber)),
                    FormRow.Of(
                        texts.Cell("service-from", FormTexts.Day(report.From)),
                        texts.Cell("service-to", FormTexts.Day(report.To)),
                        texts.Cell("engineer", report.Engineer)
                    ),
                    FormRow.Of(texts.Cell("fault", report.Fault).WithRoom(Paragraph)),
                    FormRow.Of(texts.Cell("work", report.Work).WithRoom(Paragraph)),
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
