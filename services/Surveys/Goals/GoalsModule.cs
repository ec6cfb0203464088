using CustomerService.Records;
using CustomerService.Surveys.Goals.Domain;
using CustomerService.Surveys.Goals.Features;
using CustomerService.Surveys.Goals.Jobs;
using CustomerService.Surveys.Store;

namespace CustomerService.Surveys.Goals;

/// <summary>Quality goals of departments: reward, or order, criticism and deadline (C5.10).</summary>
internal static class GoalsModule
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<MeasureAgain>();
        services.AddHostedService(provider => provider.GetRequiredService<MeasureAgain>());
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithTags("Goals");
        SetGoal.Map(group);
        EvaluateDepartment.Map(group);
        MoveEvaluation.Map(group);
        ReadEvaluations.Map(group);
        group.MapRecords("evaluations", nameof(Evaluation), DocumentRecordStore.Finds(StaffAccess.Of<Evaluation>));
        group.MapAssignment<Evaluation, EvaluationView>("evaluations", (e, caller, _) => EvaluationView.Of(e, caller));
    }
}
