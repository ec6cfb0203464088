using CustomerService.Complaints.Complaints.Domain;
using CustomerService.Complaints.Data;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;

namespace CustomerService.Complaints.Complaints;

/// <summary>The number of form FM004 where a complaint comes to QC for the first time, whatever the way: from triage, or
/// disputed after it was answered with another one (C5.2).</summary>
internal static class ComplaintForms
{
    public static void NumberFormOf(this ComplaintsDb db, Complaint complaint, CommandContext context)
    {
        if (complaint is { State: ComplaintState.WithQc, FormNumber: null })
        {
            db.NumberOnCommit(Complaint.Form, context.Today.Year, complaint.MakeOutForm);
        }
    }
}
