using CustomerService.Contracts;
using CustomerService.Contracts.Retention;
using Complaints = CustomerService.Contracts.Complaints.V1;
using Projects = CustomerService.Contracts.Projects.V1;
using Repairs = CustomerService.Contracts.Repairs.V1;
using Surveys = CustomerService.Contracts.Surveys.V1;

namespace CustomerService.Records.Keeping;

/// <summary>What each service says of the keeping of its records: the same under its own name.</summary>
internal static class RetentionEvents
{
    public static IIntegrationEvent Kept(string service, long version, KeptRecord record) =>
        service switch
        {
            "projects" => new Projects.ProjectsRecordKept(record.RecordId, version, record),
            "repairs" => new Repairs.RepairsRecordKept(record.RecordId, version, record),
            "complaints" => new Complaints.ComplaintsRecordKept(record.RecordId, version, record),
            "surveys" => new Surveys.SurveysRecordKept(record.RecordId, version, record),
            _ => throw Unknown(service),
        };

    public static IIntegrationEvent Erased(string service, long version, ErasedRecord record) =>
        service switch
        {
            "projects" => new Projects.ProjectsRecordErased(record.RecordId, version, record),
            "repairs" => new Repairs.RepairsRecordErased(record.RecordId, version, record),
            "complaints" => new Complaints.ComplaintsRecordErased(record.RecordId, version, record),
            "surveys" => new Surveys.SurveysRecordErased(record.RecordId, version, record),
            _ => throw Unknown(service),
        };

    private static InvalidOperationException Unknown(string service) =>
        new($"The service '{service}' has no events on keeping; add them to shared/Contracts and here.");
}
