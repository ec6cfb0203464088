using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.ServicePoints;

/// <summary>How service points and assessments are kept and found.</summary>
internal static class ServicePointDocuments
{
    public static DocumentType<ServicePoint> Points { get; } =
        DocumentType.Of<ServicePoint>("service-point", "service_points").Unique(p => p.Code).Index(p => p.Active);

    public static DocumentType<Assessment> Assessments { get; } =
        DocumentType
            .Of<Assessment>("assessment", "assessments")
            .Unique(a => a.Number)
            .Index(a => a.PointId, a => a.HeldOn)
            .Index(a => a.State)
            .Index(a => a.IsMystery)
            .Index(a => a.HiddenFrom)
            .Index(a => a.HeldOn);
}
