using CustomerService.Records;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.ServicePoints.Features;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.ServicePoints;

/// <summary>Service points are assessed against the three elements of good service (T1 to T3).</summary>
internal static class ServicePointsModule
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Service quality");
        Features.ServicePoints.Map(group);
        PlanAssessments.Map(group);
        ReadAssessments.Map(group);
        MoveAssessment.Map(group);
        PrintAssessments.Map(group);
        group.MapRecords("assessments", nameof(Assessment), AssessmentAccess.Finds);
        group.MapAssignment<Assessment, AssessmentView>(
            "assessments",
            (a, caller, _) => AssessmentView.From(a, caller)
        );
    }
}
