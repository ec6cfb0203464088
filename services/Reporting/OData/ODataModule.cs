using System.Globalization;
using System.Reflection;
using CustomerService.Reporting.Data;
using CustomerService.Reporting.Figures;
using CustomerService.Reporting.Views;
using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using Microsoft.AspNetCore.OData;
using Microsoft.AspNetCore.OData.Extensions;
using Microsoft.AspNetCore.OData.Query;
using Microsoft.AspNetCore.OData.Query.Expressions;
using Microsoft.AspNetCore.OData.Query.Validator;
using Microsoft.AspNetCore.OData.Query.Wrapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.OData;
using Microsoft.OData.Edm;
using Microsoft.OData.ModelBuilder;
using Microsoft.OData.UriParser;
using Microsoft.OData.UriParser.Aggregation;
using Npgsql;

namespace CustomerService.Reporting.OData;

/// <summary>The sets of schema <c>bi</c> by OData v4, for BI readers and staff: see docs/bi.md.</summary>
internal static class ODataModule
{
    /// <summary>Where the service begins.</summary>
    public const string Prefix = "/v1/odata";

    /// <summary>Rows of a page where none is asked for, and at most.</summary>
    public const int PageSize = 1000;

    /// <summary>What may be skipped: behind it the server would read all that it throws away.</summary>
    public const int DeepestSkip = 5000;

    // Of a question: what is longer costs more to read than any tool needs.
    private const int MostNodes = 500;

    public static void Add(IServiceCollection services) => services.AddOData(options => options.EnableAll(null));

    public static void Map(WebApplication app)
    {
        var model = ModelOf(app.Services);
        var odata = app.MapGroup(Prefix)
            .ForRoles([.. Roles.Staff, Roles.BiReader])
            .ExcludeFromDescription()
            .AddEndpointFilter(PublicAddressAsync)
            .AddEndpointFilter(Freshness.WriteAsync);
        Configure(odata.MapODataServiceDocument("", model), model);
        Configure(odata.MapODataMetadata("$metadata", model), model);
        Map<ActionItemRow>(odata, model, "action_items");
        Map<AssessmentFailureRow>(odata, model, "assessment_failures");
        Map<AssessmentRow>(odata, model, "assessments");
        Map<CapaRow>(odata, model, "capas");
        Map<ChargeBackRow>(odata, model, "charge_backs");
        Map<ComplaintRow>(odata, model, "complaints");
        Map<CustomerRow>(odata, model, "customers");
        Map<DateRow>(odata, model, "dates");
        Map<EvaluationRow>(odata, model, "evaluations");
        Map<FindingRow>(odata, model, "findings");
        Map<LetterRow>(odata, model, "letters");
        Map<MakerClaimRow>(odata, model, "maker_claims");
        Map<MeetingRow>(odata, model, "meetings");
        Map<ProjectRow>(odata, model, "projects");
        Map<RepairOrderRow>(odata, model, "repair_orders");
        Map<RepairWaitRow>(odata, model, "repair_waits");
        Map<RetentionRow>(odata, model, "retention_records");
        Map<ReturnRow>(odata, model, "returns");
        Map<RevisitRow>(odata, model, "revisits");
        Map<RmaUnitRow>(odata, model, "rma_units");
        Map<SurveyAnswerRow>(odata, model, "survey_answers");
        Map<SurveyDepartmentRow>(odata, model, "survey_departments");
        Map<SurveyInvitationRow>(odata, model, "survey_invitations");
        Map<SurveyResponseRow>(odata, model, "survey_responses");
        Map<TripRow>(odata, model, "trips");
        Map<WorkItemRow>(odata, model, "work_items");
        Map<FigureCase>(odata, model, "figure_cases");
    }

    private static void Map<T>(RouteGroupBuilder odata, IEdmModel model, string set)
        where T : class
    {
        var entities = new EntitySetSegment(model.EntityContainer.FindEntitySet(set));
        Configure(
                odata.MapGet(
                    "/" + set,
                    (
                        ODataQueryOptions<T> options,
                        ReportingDb db,
                        RowScope scope,
                        PersonalData personal,
                        HttpContext context
                    ) => NotYours(options, scope, context) ?? Read(options, RowsOf<T>(db, scope, personal), context)
                ),
                model
            )
            .WithODataPathFactory((_, _) => new ODataPath(entities))
            .ExcludeFromDescription();
        Configure(
                odata.MapGet(
                    $"/{set}/$count",
                    (
                        ODataQueryOptions<T> options,
                        ReportingDb db,
                        RowScope scope,
                        PersonalData personal,
                        HttpContext context
                    ) =>
                        NotYours(options, scope, context) is { } refused
                            ? Task.FromResult(refused)
                            : CountAsync(options, RowsOf<T>(db, scope, personal), context)
                ),
                model
            )
            .WithODataPathFactory((_, _) => new ODataPath(entities, CountSegment.Instance))
            .ExcludeFromDescription();
    }

    private static IQueryable<T>? RowsOf<T>(ReportingDb db, RowScope scope, PersonalData personal)
        where T : class => scope.Of(db.Set<T>().AsNoTracking()) is { } rows ? personal.Of(rows) : null;

    /// <summary>Cases of figures have every dimension, but not every figure fills it: who is limited names the figures.</summary>
    private static IResult? NotYours<T>(ODataQueryOptions<T> options, RowScope scope, HttpContext context)
    {
        if (typeof(T) != typeof(FigureCase) || !scope.IsLimited)
        {
            return null;
        }

        var conditions = new[] { options.Filter?.FilterClause }.Concat(
            options
                .Apply?.ApplyClause.Transformations.Take(1)
                .OfType<FilterTransformationNode>()
                .Select(one => one.FilterClause)
                ?? []
        );
        var figures = conditions
            .Select(clause => FiguresOf(clause?.Expression))
            .FirstOrDefault(named => named is not null);
        return figures is null ? Problems.Result(context, RowScope.NotYours("$filter=figure eq '…'"))
            : figures
                .Select(FigureCatalogue.Find)
                .OfType<Figure>()
                .Select(scope.Refuse)
                .FirstOrDefault(r => r is not null)
                is { } refusal
                ? Problems.Result(context, refusal)
            : null;
    }

    /// <summary>The figures that a condition names; null where others can be among the rows.</summary>
    private static string[]? FiguresOf(QueryNode? node) =>
        node switch
        {
            ConvertNode converted => FiguresOf(converted.Source),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.And } both => FiguresOf(both.Left)
                ?? FiguresOf(both.Right),
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Or } either => FiguresOf(either.Left) is { } one
            && FiguresOf(either.Right) is { } other
                ? [.. one, .. other]
                : null,
            BinaryOperatorNode { OperatorKind: BinaryOperatorKind.Equal } equal => Named(equal.Left, equal.Right)
                ?? Named(equal.Right, equal.Left),
            InNode { Right: CollectionConstantNode given } among when IsFigure(among.Left) =>
            [
                .. given.Collection.Select(one => one.Value?.ToString() ?? ""),
            ],
            _ => null,
        };

    private static string[]? Named(QueryNode column, QueryNode value) =>
        IsFigure(column) && Plain(value) is ConstantNode { Value: string figure } ? [figure] : null;

    private static bool IsFigure(QueryNode node) =>
        Plain(node)
            is SingleValuePropertyAccessNode { Property.Name: "figure", Source: ResourceRangeVariableReferenceNode };

    private static QueryNode Plain(QueryNode node) => node is ConvertNode converted ? Plain(converted.Source) : node;

    /// <summary>How many there are, as a number in plain text. What is no condition has no meaning there, and a client that
    /// sends it means another question.</summary>
    private static async Task<IResult> CountAsync<T>(
        ODataQueryOptions<T> options,
        IQueryable<T>? rows,
        HttpContext context
    )
    {
        if (rows is null)
        {
            return Problems.Result(context, RowScope.NotYours("rows of a department or region"));
        }

        if (context.Request.Query.Keys.FirstOrDefault(name => name.StartsWith('$') && name != "$filter") is { } other)
        {
            return Refused(context, "bad-odata-query", other);
        }

        options.Validate(new ODataValidationSettings { MaxNodeCount = MostNodes });
        var counted = options.Filter is { } filter ? (IQueryable<T>)filter.ApplyTo(rows, Settings()) : rows;
        var count = await counted.LongCountAsync(context.RequestAborted);
        context.Response.Headers["OData-Version"] = "4.0";
        return Results.Text(count.ToString(CultureInfo.InvariantCulture), "text/plain");
    }

    private static ODataQuerySettings Settings() =>
        new() { EnsureStableOrdering = true, HandleNullPropagation = HandleNullPropagationOption.False };

    private static object Read<T>(ODataQueryOptions<T> options, IQueryable<T>? rows, HttpContext context)
    {
        if (rows is null)
        {
            return Problems.Result(context, RowScope.NotYours("rows of a department or region"));
        }

        // A slip of the pen must not bring all rows.
        if (
            context.Request.Query.Keys.FirstOrDefault(name =>
                name.StartsWith('$') && !options.IsSupportedQueryOption(name)
            ) is
            { } unknown
        )
        {
            return Refused(context, "bad-odata-query", unknown);
        }

        if (options.Skip?.Value > DeepestSkip)
        {
            return Refused(context, "skip-too-deep", "$skiptoken of @odata.nextLink");
        }

        // A page cannot go on behind what has no value, and what a row lacks cannot be computed with.
        if (options.Apply is null && Ordering(options.OrderBy?.OrderByClause).Any(column => !IsColumn(column)))
        {
            return Refused(context, "bad-odata-query", "$orderby takes columns, no expressions");
        }

        options.Validate(
            new ODataValidationSettings
            {
                MaxTop = int.MaxValue,
                MaxNodeCount = MostNodes,
                AllowedQueryOptions =
                    AllowedQueryOptions.Supported & ~(AllowedQueryOptions.Expand | AllowedQueryOptions.Search),
            }
        );
        var settings = Settings();
        if (options.Apply is not null)
        {
            var applied = options.ApplyTo(rows, settings);
            if (applied.ElementType.IsAssignableTo(typeof(DynamicTypeWrapper)))
            {
                return Groups(applied.Cast<DynamicTypeWrapper>(), context, options.Context.Path.LastSegment.Identifier);
            }
        }

        // With a size a page is read here and not while it is written, and so is the count: what cannot be computed is
        // found before the answer has begun.
        settings.PageSize = PageSize;
        var page = options.ApplyTo(rows, settings);
        _ = context.ODataFeature().TotalCount;
        return page;
    }

    private static IEnumerable<QueryNode> Ordering(OrderByClause? first)
    {
        for (var clause = first; clause is not null; clause = clause.ThenBy)
        {
            yield return clause.Expression;
        }
    }

    private static bool IsColumn(QueryNode node) =>
        Plain(node) is SingleValuePropertyAccessNode { Source: ResourceRangeVariableReferenceNode };

    // A question that cannot be read fails while the endpoint's arguments are made, before any of its filters.
    private static void RefuseWhatCannotBeAnswered(EndpointBuilder endpoint)
    {
        var answer = endpoint.RequestDelegate!;
        endpoint.RequestDelegate = async context =>
        {
            try
            {
                await answer(context);
            }
            catch (Exception wrong) when (!context.Response.HasStarted && HintOn(wrong) is not null)
            {
                await Refused(context, "bad-odata-query", HintOn(wrong)!).ExecuteAsync(context);
            }
        };
    }

    /// <summary>What is wrong with the question; null where it is the answer that failed.</summary>
    private static string? HintOn(Exception wrong) =>
        wrong switch
        {
            TargetInvocationException { InnerException: { } inner } => HintOn(inner),
            ODataException
            or ArgumentException
            or NotSupportedException
            or NotImplementedException
            or ArithmeticException
            or FormatException => wrong.Message,
            // Division by zero, out of range, no number, a pattern that is none, no such operator.
            PostgresException { SqlState: ['2', '2', ..] or "42883" or "42804" or "42846" } data => data.MessageText,
            // The store has no words for it; what the libraries say of that is about their own inside.
            InvalidOperationException
            {
                InnerException: not System.Data.Common.DbException,
                Source: "Microsoft.EntityFrameworkCore"
                    or "Microsoft.EntityFrameworkCore.Relational"
                    or "Microsoft.AspNetCore.OData"
                    or "System.Linq.Expressions"
            } => "this expression cannot be computed here",
            _ => null,
        };

    /// <summary>Groups are no entities: they are written as they are.</summary>
    private static IResult Groups(IEnumerable<DynamicTypeWrapper> groups, HttpContext context, string set)
    {
        context.Response.Headers["OData-Version"] = "4.0";
        return Results.Json(
            new Dictionary<string, object>
            {
                ["@odata.context"] = $"{Address(context)}$metadata#{set}",
                ["value"] = groups.Select(group => group.Values).ToList(),
            },
            Json.Options
        );
    }

    private static IResult Refused(HttpContext context, string code, string hint) =>
        Problems.Result(context, Refusal.Invalid(code, RuleCatalogue.Api).With("hint", hint));

    private static T Configure<T>(T endpoint, IEdmModel model)
        where T : IEndpointConventionBuilder
    {
        endpoint.Add(RefuseWhatCannotBeAnswered);
        return endpoint
            .WithODataResult()
            .WithODataModel(model)
            .WithODataVersion(ODataVersion.V4)
            .WithODataOptions(options => options.EnableAll(null))
            .WithODataServices(services => services.AddSingleton<IOrderByBinder, NullsFirst>())
            .WithODataBaseAddressFactory(context => new Uri(Address(context)));
    }

    private static string Address(HttpContext context) =>
        $"{context.Request.Scheme}://{context.Request.Host}{context.Request.PathBase}{Prefix}/";

    /// <summary>Links lead where the caller came from, in front of the gateway.</summary>
    private static ValueTask<object?> PublicAddressAsync(
        EndpointFilterInvocationContext invocation,
        EndpointFilterDelegate next
    )
    {
        var request = invocation.HttpContext.Request;
        if (request.Headers["X-Forwarded-Host"].ToString() is { Length: > 0 } host)
        {
            request.Host = new HostString(host);
            request.Scheme = request.Headers["X-Forwarded-Proto"].ToString() is "https" ? "https" : "http";
            request.PathBase = "/api/reporting";
        }

        return next(invocation);
    }

    private static IEdmModel ModelOf(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var builder = new ODataConventionModelBuilder { Namespace = "CustomerService", ContainerName = "Bi" };
        foreach (
            var type in scope
                .ServiceProvider.GetRequiredService<ReportingDb>()
                .Model.GetEntityTypes()
                .Where(type => type.GetViewSchema() == BiViews.Schema)
                .OrderBy(type => type.GetViewName(), StringComparer.Ordinal)
        )
        {
            var entity = builder.AddEntityType(type.ClrType);
            foreach (var key in type.FindPrimaryKey()!.Properties)
            {
                entity.HasKey(key.PropertyInfo!);
            }

            builder.AddEntitySet(type.GetViewName(), entity);
        }

        builder.EnableLowerCamelCase();
        return builder.GetEdmModel();
    }
}
