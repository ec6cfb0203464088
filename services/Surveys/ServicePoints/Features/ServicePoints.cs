using CustomerService.Rules;
using CustomerService.ServiceDefaults;
using CustomerService.Surveys.ServicePoints.Domain;
using CustomerService.Surveys.Store;
using FluentValidation;

namespace CustomerService.Surveys.ServicePoints.Features;

/// <summary>Service points, and what they are assessed by (T1 to T3).</summary>
internal static class ServicePoints
{
    private static readonly string[] Keepers = [Roles.CustomerService, Roles.Qc, Roles.QcHead];

    internal sealed record Request
    {
        /// <summary>Code, once in the company.</summary>
        public required string Code { get; init; }

        public required string Name { get; init; }

        /// <summary><c>store</c>, <c>service-centre</c> or <c>site-office</c>.</summary>
        public required ServicePointKind Type { get; init; }

        public required string Address { get; init; }

        /// <summary>Code of the department whose people are the site's.</summary>
        public required string Department { get; init; }
    }

    /// <summary>A service point. For staff alone.</summary>
    internal sealed record View
    {
        public required Guid Id { get; init; }

        public required string Code { get; init; }

        public required string Name { get; init; }

        public required ServicePointKind Type { get; init; }

        public required string Address { get; init; }

        public required string Department { get; init; }

        public required bool Active { get; init; }

        public required long Version { get; init; }

        public static View From(ServicePoint p, Caller caller) =>
            new()
            {
                Id = p.Id,
                Code = p.Code,
                Name = p.Name,
                Type = p.Type,
                Address = p.Address,
                Department = p.Department,
                Active = p.Active,
                Version = p.Version,
            };
    }

    internal sealed record Query : PageQuery
    {
        /// <summary>Whether it serves customers.</summary>
        public bool? Active { get; init; }
    }

    /// <param name="Code">Its code; the part before the dot is the element T1, T2 or T3.</param>
    /// <param name="Text">Its words in the caller's language.</param>
    /// <param name="Weight">Its weight in the score.</param>
    /// <param name="MayBeAbsent">Whether a point may have none.</param>
    internal sealed record CatalogueItem(string Code, string Text, int Weight, bool MayBeAbsent);

    /// <param name="Version">Version of the catalogue.</param>
    /// <param name="PassPercent">From so many percent on a point passes.</param>
    /// <param name="BestScore">Scores from 0 to this.</param>
    /// <param name="PassScore">A score below this fails.</param>
    /// <param name="Items">The items, in the order of the text.</param>
    internal sealed record Catalogue(
        int Version,
        decimal PassPercent,
        int BestScore,
        int PassScore,
        IReadOnlyList<CatalogueItem> Items
    );

    internal sealed class Validator : AbstractValidator<Request>
    {
        public Validator()
        {
            RuleFor(r => r.Code).RequiredCode();
            RuleFor(r => r.Name).RequiredText(TextLength.Line);
            RuleFor(r => r.Address).RequiredText(TextLength.Line);
            RuleFor(r => r.Department).RequiredCode();
        }
    }

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/service-points", OpenAsync)
            .AsCommand()
            .ForRoles(Keepers)
            .WithName("OpenServicePoint")
            .WithSummary("A new service point")
            .WithDescription("Rules T1 to T3. Customer service or quality. 409 already-exists: the code is taken.")
            .Produces<View>(StatusCodes.Status201Created);
        routes
            .MapGet("/service-points", ListAsync)
            .AsQuery()
            .WithName("ListServicePoints")
            .WithSummary("Service points, newest first")
            .WithDescription("Rules T1 to T3. For staff.")
            .Produces<Page<View>>();
        routes
            .MapGet("/service-points/{id:guid}", GetAsync)
            .AsQuery()
            .WithName("GetServicePoint")
            .WithSummary("A service point")
            .WithDescription("Rules T1 to T3. For staff.")
            .Produces<View>();
        routes
            .MapGet("/service-catalogue", CatalogueAsync)
            .AsQuery()
            .ForRoles(Roles.Staff)
            .WithName("GetServiceCatalogue")
            .WithSummary("What service points are assessed by")
            .WithDescription("Rules T1 to T3: the items of the text with their weights, in the caller's language.")
            .Produces<Catalogue>();
    }

    private static CommandResult OpenAsync(Request body, IDocumentStore store, Caller caller)
    {
        Result<ServicePoint> point = ServicePoint.Open(
            caller.Context(),
            body.Code,
            body.Name.Trim(),
            body.Type,
            body.Address.Trim(),
            body.Department
        );
        return caller.Create(store.Add, "service-points", point, View.From);
    }

    private static Task<QueryResult> ListAsync(
        [AsParameters] Query query,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) =>
        StaffAccess
            .Of<ServicePoint>(caller.Actor)
            .Where(p => p.Active, query.Active)
            .ToPageAsync(store, query, p => View.From(p, caller), cancellation);

    private static Task<QueryResult> GetAsync(
        Guid id,
        IDocumentStore store,
        Caller caller,
        CancellationToken cancellation
    ) => caller.ReadAsync(store, StaffAccess.Of<ServicePoint>(caller.Actor), id, View.From, cancellation);

    private static QueryResult CatalogueAsync(Caller caller)
    {
        var catalogue = ServiceCatalogue.InForceOn(caller.Today);
        var language = System.Globalization.CultureInfo.CurrentUICulture.Name;
        return QueryResult.Of(
            new Catalogue(
                catalogue.Version,
                catalogue.PassPercent,
                ServiceCatalogue.BestScore,
                ServiceCatalogue.PassScore,
                [
                    .. catalogue.Items.Select(item => new CatalogueItem(
                        item.Code,
                        item.Names.In(language),
                        item.Weight,
                        item.MayBeAbsent
                    )),
                ]
            )
        );
    }
}
