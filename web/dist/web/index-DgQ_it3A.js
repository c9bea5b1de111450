var e=Object.create,t=Object.defineProperty,n=Object.getOwnPropertyDescriptor,r=Object.getOwnPropertyNames,i=Object.getPrototypeOf,a=Object.prototype.hasOwnProperty,o=(e,t)=>()=>(t||(e((t={exports:{}}).exports,t,t.exports),e=null),t.exports),s=(e,i,o,s)=>{if(i&&typeof i==`object`||typeof i==`function`)for(var c=r(i),l=0,u=c.length,d;l<u;l++)d=c[l],!a.call(e,d)&&d!==o&&t(e,d,{get:(e=>i[e]).bind(null,d),enumerable:!(s=n(i,d))||s.enumerable});return e},c=(n,r,o)=>(o=n==null?{}:e(i(n)),s(r||!n||!n.__esModule||!a.call(n,`default`)?t(o,`default`,{value:n,enumerable:!0}):o,n)),l=globalThis,u=e=>e,d=l.trustedTypes,ee=d?d.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,te=`$lit$`,f=`lit$${Math.random().toFixed(9).slice(2)}$`,ne=`?`+f,re=`<${ne}>`,p=document,ie=()=>p.createComment(``),ae=e=>e===null||typeof e!=`object`&&typeof e!=`function`,oe=Array.isArray,se=e=>oe(e)||typeof e?.[Symbol.iterator]==`function`,ce=`[ 	
\f\r]`,le=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ue=/-->/g,de=/>/g,m=RegExp(`>|${ce}(?:([^\\s"'>=/]+)(${ce}*=${ce}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),fe=/'/g,pe=/"/g,me=/^(?:script|style|textarea|title)$/i,he=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),h=he(1),ge=he(2),g=Symbol.for(`lit-noChange`),_=Symbol.for(`lit-nothing`),_e=new WeakMap,v=p.createTreeWalker(p,129);function ve(e,t){if(!oe(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ee===void 0?t:ee.createHTML(t)}var ye=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=le;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===le?c[1]===`!--`?o=ue:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=m):(me.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=m):o=de:o===m?c[0]===`>`?(o=i??le,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?m:c[3]===`"`?pe:fe):o===pe||o===fe?o=m:o===ue||o===de?o=le:(o=m,i=void 0);let d=o===m&&e[t+1].startsWith(`/>`)?` `:``;a+=o===le?n+re:l>=0?(r.push(s),n.slice(0,l)+te+n.slice(l)+f+d):n+f+(l===-2?t:d)}return[ve(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},be=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=ye(t,n);if(this.el=e.createElement(l,r),v.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=v.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(te)){let t=u[o++],n=i.getAttribute(e).split(f),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?we:r[1]===`?`?Te:r[1]===`@`?Ee:Ce}),i.removeAttribute(e)}else e.startsWith(f)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(me.test(i.tagName)){let e=i.textContent.split(f),t=e.length-1;if(t>0){i.textContent=d?d.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],ie()),v.nextNode(),c.push({type:2,index:++a});i.append(e[t],ie())}}}else if(i.nodeType===8){if(i.data===ne)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(f,e+1))!==-1;)c.push({type:7,index:a}),e+=f.length-1}}a++}}static createElement(e,t){let n=p.createElement(`template`);return n.innerHTML=e,n}};function y(e,t,n=e,r){if(t===g)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=ae(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=y(e,i._$AS(e,t.values),i,r)),t}var xe=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??p).importNode(t,!0);v.currentNode=r;let i=v.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new Se(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new De(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=v.nextNode(),a++)}return v.currentNode=p,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},Se=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=_,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=y(this,e,t),ae(e)?e===_||e==null||e===``?(this._$AH!==_&&this._$AR(),this._$AH=_):e!==this._$AH&&e!==g&&this._(e):e._$litType$===void 0?e.nodeType===void 0?se(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==_&&ae(this._$AH)?this._$AA.nextSibling.data=e:this.T(p.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=be.createElement(ve(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new xe(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=_e.get(e.strings);return t===void 0&&_e.set(e.strings,t=new be(e)),t}k(t){oe(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(ie()),this.O(ie()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=u(e).nextSibling;u(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},Ce=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=_,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=_}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=y(this,e,t,0),a=!ae(e)||e!==this._$AH&&e!==g,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=y(this,r[n+o],t,o),s===g&&(s=this._$AH[o]),a||=!ae(s)||s!==this._$AH[o],s===_?e=_:e!==_&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===_?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},we=class extends Ce{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===_?void 0:e}},Te=class extends Ce{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==_)}},Ee=class extends Ce{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=y(this,e,t,0)??_)===g)return;let n=this._$AH,r=e===_&&n!==_||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==_&&(n===_||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},De=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){y(this,e)}},Oe={M:te,P:f,A:ne,C:1,L:ye,R:xe,D:se,V:y,I:Se,H:Ce,N:Te,U:Ee,B:we,F:De},ke=l.litHtmlPolyfillSupport;ke?.(be,Se),(l.litHtmlVersions??=[]).push(`3.3.3`);var Ae=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new Se(t.insertBefore(ie(),e),e,void 0,n??{})}return i._$AI(e),i},b={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},je=e=>(...t)=>({_$litDirective$:e,values:t}),Me=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Ne}=Oe,Pe=e=>e.strings===void 0,Fe={},Ie=(e,t=Fe)=>e._$AH=t,Le=je(class extends Me{constructor(){super(...arguments),this.key=_}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Ie(e),this.key=t),n}}),Re=`gradcam`,ze=0,Be=(e,t={})=>({id:++ze,method:e,parameters:t,asked:``,askedAt:0,asking:null,answer:null,map:null,times:[],refusal:null,measured:``,measuring:null,evidence:null,evidenceRefusal:null,cell:null}),Ve=()=>({picture:null,isPictureComing:!1,isPictureMissing:!1,isDragging:!1,pictureRefusal:null,model:``,target:``,versus:``,layer:``,polarity:``,colormap:``,seed:``,opacity:.5,withEvidence:!1,panels:[Be(Re)],selected:0,language:`curl`}),x=({panels:e,selected:t})=>e[t]??e[0],He=[`model`,`target`,`versus`,`layer`,`polarity`,`colormap`,`seed`];function Ue(e){let t=new URLSearchParams,n=(e,n)=>n!==``&&t.set(e,n),{picture:r}=e;r?t.set(`picture`,r.sample??`own`):e.isPictureMissing&&t.set(`picture`,`own`),t.set(`methods`,e.panels.map(({method:e})=>e).join(`,`));for(let t of He)n(t,e[t]);return e.opacity!==.5&&t.set(`opacity`,String(e.opacity)),e.withEvidence&&t.set(`evidence`,`1`),e.selected>0&&t.set(`selected`,String(e.selected)),e.panels.forEach(({parameters:e},t)=>{for(let[r,i]of Object.entries(e))n(`${t}.${r}`,i)}),t}function We(e,t){for(let n of He)t[n]=e.get(n)??``;let n=Number(e.get(`opacity`)??.5);t.opacity=n>=0&&n<=1?n:.5,t.withEvidence=e.get(`evidence`)===`1`;let r=(e.get(`methods`)??``).split(`,`).filter(Boolean).slice(0,4);t.panels=(r.length?r:[Re]).map((n,r)=>{let i=t.panels[r],a=i?.method===n?i:Be(n);return a.parameters=Ge(e,r),a});let i=Number(e.get(`selected`)??0);t.selected=t.panels[i]?i:0}var Ge=(e,t)=>Object.fromEntries([...e].filter(([e])=>e.startsWith(`${t}.`)).map(([e,n])=>[e.slice(`${t}.`.length),n])),Ke=`vitrine.key`,qe=!1;function Je(){try{return sessionStorage.getItem(Ke)??``}catch{return``}}function Ye(e){qe=!1;try{e===``?sessionStorage.removeItem(Ke):sessionStorage.setItem(Ke,e)}catch{}}var Xe=()=>Je()!==``,Ze=()=>qe;function Qe(e){e===401&&(qe=!0)}function $e(){let e=Je();return e===``?{}:{Authorization:`Bearer ${e}`}}var S=class extends Error{title;code;retrySeconds;constructor({title:e,detail:t,code:n=``,retrySeconds:r=null}){super(t),this.title=e,this.code=n,this.retrySeconds=r}},et=()=>new S({title:`The service does not answer`,detail:"Is it still running? If it was started with `make serve`, look at that terminal. The page goes on by itself once the service is back.",code:`no_answer`,retrySeconds:2});function tt(e,t){let n=Number(e.headers.get(`Retry-After`));return new S({title:t?.title??`Error ${e.status}`,detail:nt(t)??`Something between here and the service answered ${e.status}.`,code:t?.code??``,retrySeconds:n>0?n:null})}function nt(e){switch(e?.code){case`model_not_ready`:return`No worker serves this model at the moment. One that has just been started needs some seconds.`;case`broker_unavailable`:return`The service has lost its Redis and is waiting for it to come back.`;case`image_undecodable`:return`This file is no picture that the service can read: ${e.detail}. JPEG, PNG, WebP, BMP, GIF and TIFF are.`;case`queue_full`:return`Too many requests are waiting at the moment.`;case`deadline_exceeded`:return`${e.detail}. Choose a quicker method, or fewer passes in its settings.`;case`fields_invalid`:return(e.errors??[]).map(({pointer:e,detail:t})=>`${e.replace(/^\//,``)}: ${t}`).join(`; `);default:return e?.detail}}async function C(e,t={}){let n=await st(e,{...t,headers:{Accept:`application/json`,...t.headers}}),r=n.status===204?null:await n.json().catch(()=>void 0);if(n.ok&&r!==void 0)return{body:r,times:ct(n.headers.get(`Server-Timing`)??``),status:n.status};throw tt(n,r??null)}function rt(e,t,{sent:n,signal:r}){let i=new XMLHttpRequest;i.open(`POST`,e),i.setRequestHeader(`Accept`,`application/json`);for(let[e,t]of Object.entries($e()))i.setRequestHeader(e,t);return r.addEventListener(`abort`,()=>i.abort()),new Promise((e,r)=>{i.upload.onprogress=({loaded:e,total:t})=>n(t>0?e/t:0),i.onerror=()=>r(et()),i.onabort=()=>r(new DOMException(`given up`,`AbortError`)),i.onload=()=>{Qe(i.status);let t=i.status>=200&&i.status<300,n=it(i.responseText);t&&n!==null?e(n):r(tt(at(i),n))},i.send(t)})}function it(e){try{return JSON.parse(e)}catch{return null}}var at=e=>new Response(null,{status:e.status,headers:{"Retry-After":e.getResponseHeader(`Retry-After`)??``}});async function ot(e,t={}){let n=await st(e,t);if(n.ok)return n.blob();throw tt(n,await n.json().catch(()=>null))}async function st(e,t){try{let n=await fetch(e,{...t,headers:{...t.headers,...$e()}});return Qe(n.status),n}catch(e){throw w(e)?e:et()}}var w=e=>e instanceof DOMException&&e.name===`AbortError`;function T(e){if(e instanceof S)return e;throw e}var ct=e=>[...e.matchAll(/([\w-]+);dur=([\d.]+)/g)].map(([,e=``,t])=>[e,Number(t)]);function lt(e,t){let n=new FormData;n.append(`image`,e.blob,e.name);for(let[e,r]of Object.entries(t))r!==``&&n.append(e,r);return n}function ut(e){let t=Object.entries(e).filter(([,e])=>e!==``);return t.length===0?``:`?${new URLSearchParams(t)}`}var dt=[{name:`cat`,title:`A cat`,file:`web/samples/cat.jpg`,credit:`Chelsea, photographed by Stéfan van der Walt (CC0)`},{name:`drawn-cat`,title:`A drawn cat`,file:`web/samples/drawn-cat.jpg`,credit:`Drawn for Vitrine`},{name:`drawn-dog`,title:`A drawn dog`,file:`web/samples/drawn-dog.jpg`,credit:`Drawn for Vitrine`}],ft=`vitrine.picture`,pt=e=>({blob:e,name:e.name||`picture.png`,address:URL.createObjectURL(e),sample:null,isKept:null});async function mt(e){e.isKept=vt(e.name,await bt(e.blob))}async function ht(e){let t=dt.find(t=>t.name===e);if(!t)return null;let n=await ot(t.file);return{blob:n,name:t.file.replace(/.*\//,``),address:URL.createObjectURL(n),sample:e,isKept:!0}}function gt(){let e=_t();if(e===null)return null;let{name:t,dataUrl:n}=JSON.parse(e),[r=``,i=``]=n.split(`,`,2),a=Uint8Array.from(atob(i),e=>e.charCodeAt(0)),o=new Blob([a],{type:/data:([^;]*)/.exec(r)?.[1]??``});return{blob:o,name:t,address:URL.createObjectURL(o),sample:null,isKept:!0}}function _t(){try{return sessionStorage.getItem(ft)}catch{return null}}function vt(e,t){try{return sessionStorage.setItem(ft,JSON.stringify({name:e,dataUrl:t})),!0}catch{return yt(),!1}}function yt(){try{sessionStorage.removeItem(ft)}catch{}}function bt(e){return new Promise((t,n)=>{let r=new FileReader;r.onload=()=>t(String(r.result)),r.onerror=()=>n(r.error??Error(`the file cannot be read`)),r.readAsDataURL(e)})}var xt=()=>void 0,St=!1;function Ct(e){xt=e}function E(){St||(St=!0,queueMicrotask(()=>{St=!1,xt()}))}var D={models:[],defaultModel:``,methods:[],details:new Map,layers:new Map,refusal:null,isReady:!1},wt=2;async function Tt(e){try{let[e,t]=await Promise.all([C(`models`),C(`methods`)]);D.models=e.body.models,D.defaultModel=e.body.default,D.methods=t.body.methods,D.refusal=D.models.some(({ready:e})=>e)?null:Et(),D.isReady=D.refusal===null}catch(e){if(!(e instanceof S))throw e;D.refusal=e}if(E(),D.isReady)e();else if(!Ze()){let t=D.refusal?.retrySeconds??wt;setTimeout(()=>void Tt(e),t*1e3)}}var Et=()=>new S({title:`The service is starting`,detail:`No worker is ready yet. This takes some seconds; the page goes on by itself.`,code:`no_worker`,retrySeconds:wt});async function Dt(e){if(!e||D.layers.has(e))return;let t=`models/${encodeURIComponent(e)}`,[n,r]=await Promise.all([C(t),C(`${t}/layers`)]);D.details.set(e,n.body),D.layers.set(e,r.body.layers),E()}var Ot=()=>D.models.find(({name:e})=>e===D.defaultModel)?.name??D.models[0]?.name??``,O=e=>D.models.find(t=>t.name===e),kt=e=>D.methods.find(t=>t.name===e),At=300,jt=()=>new Promise(e=>setTimeout(e,At));function Mt(e){let[t=``,n=``]=e.replace(/^#\/?/,``).split(`?`,2),[r=``,...i]=t.split(`/`).map(decodeURIComponent);return{view:r||`explain`,path:i,query:new URLSearchParams(n)}}function k(e,t=[],n=new URLSearchParams){let r=[e,...t].map(encodeURIComponent).join(`/`),i=n.toString().replaceAll(`%2C`,`,`).replaceAll(`%2F`,`/`);return`#/${r}${i?`?${i}`:``}`}function Nt(e){location.hash!==e&&history.replaceState(null,``,e)}function Pt(e){let t=(e*100).toFixed(1);return e<5e-4?`< 0.1 %`:e<1&&t===`100.0`?`> 99.9 %`:`${t} %`}function Ft(e){return e<10?`${e.toFixed(1)} ms`:e<1e3?`${Math.round(e)} ms`:`${(e/1e3).toFixed(1)} s`}function It(e){let t=Math.max(0,Math.round(e));if(t<90)return`${t} s`;let n=Math.round(t/60);return n<90?`${n} min`:`${Math.floor(n/60)} h ${n%60} min`}function A(e,t=new Date){let n=new Date(e),r=n.toDateString()===t.toDateString(),i={hour:`2-digit`,minute:`2-digit`};return n.toLocaleString(void 0,r?i:{...i,day:`numeric`,month:`short`})}function Lt(e){return e<1e3?`${e} B`:e<1e6?`${Math.round(e/1e3)} kB`:e<1e9?`${(e/1e6).toFixed(1)} MB`:`${(e/1e9).toFixed(1)} GB`}var j=e=>Number.isFinite(e)?String(Number(e.toPrecision(4))):`not finite`,M=e=>e.toLocaleString(`en`),Rt=e=>e.length===0?`–`:e.map(e=>e??`?`).join(` × `),zt=e=>e.replaceAll(/[_-]/g,` `),N=e=>{let t=zt(e);return t.charAt(0).toUpperCase()+t.slice(1)},Bt=1500,Vt=e=>async t=>{let n=t.currentTarget,r=await Ht(e())?`Copied`:`Not copied`;n.dataset.said=r,setTimeout(()=>delete n.dataset.said,Bt)};async function Ht(e){try{return await navigator.clipboard.writeText(e),!0}catch{return Ut(e)}}function Ut(e){let t=document.createElement(`textarea`);t.value=e,t.className=`unseen`,document.body.append(t),t.select();let n=document.execCommand(`copy`);return t.remove(),n}function Wt(e,t){let n=document.createElement(`a`);n.href=URL.createObjectURL(e),n.download=t,n.click(),setTimeout(()=>URL.revokeObjectURL(n.href),1e4)}var Gt=4;function Kt({b64:e,dtype:t,shape:n}){let[r=0,i=0]=n;if(t!==`float32`||n.length!==2)throw TypeError(`a map of ${t} [${n.join(`, `)}]`);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0)),o=new DataView(a.buffer),s=Float32Array.from({length:r*i},(e,t)=>o.getFloat32(t*Gt,!0));return{rows:r,columns:i,values:s,largest:s.reduce((e,t)=>Math.max(e,Math.abs(t)),0)}}var qt=(e,{row:t,column:n})=>e.values[t*e.columns+n]??NaN;function Jt(e,t,n){return t<0||n<0||t>=1||n>=1?null:{row:Math.floor(n*e.rows),column:Math.floor(t*e.columns)}}function Yt(e,t,n,r){let i=(e,t)=>Math.min(t-1,Math.max(0,e));return{row:i(t.row+n,e.rows),column:i(t.column+r,e.columns)}}function Xt({b64:e,shape:t}){let n=`{'descr': '<f4', 'fortran_order': False, 'shape': (${t.length===1?`${t[0]},`:t.join(`, `)}), }`,r=n.padEnd(Math.ceil((n.length+11)/64)*64-11)+`
`,i=new Uint8Array(10+r.length);i.set([147,78,85,77,80,89,1,0,r.length&255,r.length>>8]),i.set(new TextEncoder().encode(r),10);let a=Uint8Array.from(atob(e),e=>e.charCodeAt(0));return new Blob([i,a],{type:`application/octet-stream`})}function Zt(e,t){let n=kt(t.method);return{model:e.model,target:e.target,versus:e.versus,layer:n?.uses_layer?e.layer:``,seed:n?.uses_seed?e.seed:``,polarity:e.polarity,colormap:e.colormap,...t.parameters}}function Qt(e){let{picture:t}=e;if(!t||!D.isReady||!e.model)return;for(let n of e.panels)en(e,n,t);let n=x(e);e.withEvidence&&tn(e,n,t)}function $t(e){for(let t of e.panels)t.refusal&&(t.asked=``),t.evidenceRefusal&&(t.measured=``);Qt(e)}async function en(e,t,n){let r={...Zt(e,t),outputs:`overlay,raw`,opacity:`1`},i=JSON.stringify([n.address,t.method,r]);if(i===t.asked)return;t.asking?.abort();let a=new AbortController;Object.assign(t,{asked:i,asking:a,askedAt:performance.now(),refusal:null}),E(),jt().then(E);try{let{body:e,times:i}=await C(an(t),{method:`POST`,body:lt(n,r),signal:a.signal});t.map=e.raw?Kt(e.raw):null,Object.assign(t,{answer:e,times:i,cell:null})}catch(n){if(w(n))return;t.refusal=T(n),Object.assign(t,{answer:null,map:null,cell:null}),nn(e,t)}t.asking=null,E()}async function tn(e,t,n){let r={...Zt(e,t),outputs:`box`,evidence:`true`},i=JSON.stringify([n.address,t.method,r]);if(i===t.measured||t.method===`auto`)return;t.measuring?.abort();let a=new AbortController;Object.assign(t,{measured:i,measuring:a,evidence:null,evidenceRefusal:null}),E();try{let{body:e}=await C(an(t),{method:`POST`,body:lt(n,r),signal:a.signal});t.evidence=e.evidence??null}catch(e){if(w(e))return;t.evidenceRefusal=T(e)}t.measuring=null,E()}function nn(e,t){let{refusal:n,asked:r}=t;n?.retrySeconds!=null&&setTimeout(()=>{t.asked===r&&t.refusal===n&&(t.asked=``,Qt(e))},n.retrySeconds*1e3)}var rn=(e,t,n)=>ot(an(t),{method:`POST`,headers:{Accept:`image/png`},body:lt(n,{...Zt(e,t),outputs:`overlay`,opacity:String(e.opacity)})}),an=e=>`explain/${encodeURIComponent(e.method)}`,on=je(class extends Me{constructor(e){if(super(e),e.type!==b.PROPERTY&&e.type!==b.ATTRIBUTE&&e.type!==b.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Pe(e))throw Error("`live` bindings can only contain a single expression")}render(e){return e}update(e,[t]){if(t===g||t===_)return t;let n=e.element,r=e.name;if(e.type===b.PROPERTY){if(t===n[r])return g}else if(e.type===b.BOOLEAN_ATTRIBUTE){if(!!t===n.hasAttribute(r))return g}else if(e.type===b.ATTRIBUTE&&n.getAttribute(r)===t+``)return g;return Ie(e),t}}),sn=e=>e.target.value,cn=(e,t)=>e.map(({value:e,text:n,isOff:r=!1})=>h`<option value=${e} .selected=${on(e===t)} ?disabled=${r}>
        ${n}
      </option>`),P=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,choices:o})=>h`<div class="field">
    <label for=${e}>${t}</label>
    <select
      id=${e}
      ?disabled=${i}
      aria-describedby=${r===void 0?_:`${e}-hint`}
      @change=${e=>a(sn(e))}
    >
      ${cn(o,n)}
    </select>
    ${un(e,r)}
  </div>`,ln=({id:e,label:t,value:n,hint:r,isOff:i=!1,change:a,type:o=`text`,placeholder:s=``,min:c,max:l,step:u})=>h`<div class="field">
    <label for=${e}>${t}</label>
    <input
      id=${e}
      type=${o}
      .value=${n}
      placeholder=${s}
      ?disabled=${i}
      min=${c??_}
      max=${l??_}
      step=${u??_}
      aria-describedby=${r===void 0?_:`${e}-hint`}
      @change=${e=>a(sn(e))}
      @input=${e=>o===`search`&&a(sn(e))}
    />
    ${un(e,r)}
  </div>`,un=(e,t)=>t===void 0?_:h`<p class="hint" id="${e}-hint">${t}</p>`,dn=e=>e?.properties??{},fn=e=>({...e.anyOf?.find(({type:e})=>e!==`null`),...e}),pn=e=>{let{default:t}=e;return t==null?`automatic`:Array.isArray(t)?t.length===0?`none`:t.join(`, `):String(t)},mn=(e,t,n,r)=>Object.entries(e).map(([e,i])=>gn(e,fn(i),t[e]??``,t=>n(e,t),r)),hn=e=>({true:`yes`,false:`no`})[e]??e;function gn(e,t,n,r,i){let a={id:`${i}-${e}`,label:N(e),hint:(t.description??``).replaceAll(/\s+/g,` `).replaceAll("`",``).trim(),value:n,change:r},o=pn(t),s=!t.anyOf?.some(({type:e})=>e===`array`),c=t.type===`boolean`?[`true`,`false`]:t.enum;if(c&&s){let e=c.filter(e=>e!==o),t=[{value:``,text:hn(o)},...e.map(e=>({value:e,text:hn(e)}))];return h`${P({...a,choices:t})}`}return t.type!==`integer`&&t.type!==`number`?h`${ln({...a,placeholder:o})}`:h`${ln({...a,type:`number`,placeholder:o,min:t.minimum??t.exclusiveMinimum,max:t.maximum??t.exclusiveMaximum,step:t.type===`integer`?`1`:`any`})}`}var _n=[`jet`,`turbo`,`viridis`,`inferno`,`magma`,`plasma`,`cividis`,`hot`,`gray`,`coolwarm`,`RdBu_r`,`seismic`,`bwr`],vn=[{value:``,text:`automatic`},{value:`positive`,text:`for the class`},{value:`negative`,text:`against it`},{value:`both`,text:`both`}];function yn(e,t){let n=kt(x(e).method),r=(n,r,i,a)=>P({id:n,label:r,value:e[n],choices:i,change:e=>t.change(n,e),...a===void 0?{}:{hint:a}});return h`<form
    class="card choices"
    aria-label="What to explain, and how"
    @submit=${e=>e.preventDefault()}
  >
    ${r(`model`,`Model`,xn(),Sn(e.model))}
    ${r(`target`,`Class to explain`,[{value:``,text:`the most probable`},...Cn(e.model)])}
    ${r(`versus`,`Rather than`,[{value:``,text:`nothing in particular`},...Cn(e.model).map(t=>({...t,isOff:t.value===e.target}))])}
    <div class="pair">
      ${r(`polarity`,`Evidence`,vn)}
      ${r(`colormap`,`Colours`,[{value:``,text:`automatic`},..._n.map(e=>({value:e,text:e}))])}
    </div>
    ${P({id:`layer`,label:`Layer`,value:n?.uses_layer?e.layer:``,choices:wn(e.model,n?.uses_layer??!1),isOff:!n?.uses_layer,change:e=>t.change(`layer`,e)})}
    ${bn(e,t)}
  </form>`}function bn(e,t){let n=x(e),r=kt(n.method);if(!r)return _;let i=dn(r.parameters),a=Object.keys(i).length>0||r.uses_seed;return h`<div class="method-about">
      <h2>${r.title}</h2>
      <p class="hint">${r.summary}</p>
      <p class="hint">Costs ${r.cost}.</p>
    </div>
    ${a?h`<details class="own" ?open=${Object.keys(n.parameters).length>0}>
          <summary>Settings of ${r.title}</summary>
          ${mn(i,n.parameters,t.changeParameter,`own`)}
          ${r.uses_seed?ln({id:`seed`,label:`Seed`,type:`number`,value:e.seed,placeholder:`0`,min:0,step:`1`,hint:`Of everything random: the same seed, the same map.`,change:e=>t.change(`seed`,e)}):_}
        </details>`:_}`}var xn=()=>D.models.map(({name:e,ready:t})=>({value:e,text:t?e:`${e} (away)`}));function Sn(e){let t=O(e);if(!t)return`\xA0`;let[n,r]=t.input_shape;return t.ready?`${M(t.classes.length)} classes, ${r} × ${n} pixels`:`not hosted by any worker at the moment`}var Cn=e=>(O(e)?.classes??[]).map((e,t)=>({value:String(t),text:e}));function wn(e,t){if(!t)return[{value:``,text:`this method looks at none`}];let n=D.details.get(e)?.default_layer,r=(D.layers.get(e)??[]).filter(({explainable:e})=>e);return[{value:``,text:n?`the last map (${n})`:`the last map`},...r.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.slice(0,2).join(` × `)}`})).reverse()]}var Tn=new Set([`no_worker`]),En=`unauthenticated`,F=(e,t=null)=>e===null||e.code===En?_:h`<div class="note ${Tn.has(e.code)?``:`is-error`}" role="alert">
        <strong>${e.title}</strong>
        <span>${An(e.message)}</span>
        ${e.retrySeconds!==null&&t?h`<button class="plain" type="button" @click=${t}>Try again</button>`:_}
      </div>`,Dn=(e,t)=>h`<div class="note"><strong>${e}</strong><span>${An(t)}</span></div>`,On=.25,kn=(e,t)=>t<On?_:h`<p class="working">
        <span class="spinner" aria-hidden="true"></span>
        <span>${e}${t<2?``:` ${Math.floor(t)} s`}</span>
      </p>`,An=e=>{let t=e.charAt(0).toUpperCase()+e.slice(1);return/[.?!…:]$/.test(t)?t:`${t}.`},jn={supported:`Nothing that was measured speaks against this map.`,mixed:`Something speaks against this map, but nothing decisive: read the reasons.`,unsupported:`A decisive reason speaks against this map. Do not argue with it.`,untested:`Nothing could be measured.`},Mn={supported:`✓`,mixed:`~`,unsupported:`✕`,untested:`?`},Nn=[[`insertion`,`Score as the marked pixels come in; more is better`,`random_insertion`],[`deletion`,`Score as the marked pixels go; less is better`,`random_deletion`],[`score_drop`,`Part of the score lost where only the marked is seen`,null],[`completeness_gap`,`Part of the score that the map leaves open`,null],[`noise_stability`,`Likeness to the maps of noisy copies`,null],[`randomized_similarity`,`Likeness to the map of a network with random last weights`,null]],Pn=(e,t)=>h`<section class="card evidence" aria-labelledby="evidence-title">
    <div class="card-head">
      <h2 id="evidence-title">May this map be believed?</h2>
      <label class="switch">
        <input
          id="evidence"
          type="checkbox"
          .checked=${t.isOn}
          @change=${e=>t.turn(e.target.checked)}
        />
        Measure it
      </label>
    </div>
    <div class="card-body" aria-live="polite">${Fn(e,t)}</div>
  </section>`;function Fn(e,{isOn:t,hasPicture:n,again:r}){return e.answer?.ranking?zn(e.answer.ranking,e.answer.chosen??``):t?n?e.evidenceRefusal?F(e.evidenceRefusal,r):e.evidence?Ln(e.evidence):h`<p class="quiet"><span class="spinner" aria-hidden="true"></span> Measuring …</p>`:h`<p class="quiet">Choose a picture first.</p>`:h`<p class="quiet">
      A map can look right and be wrong. Measuring covers the picture along the map, adds noise and
      draws weights anew, with the very model that the map explains: some 130 passes more.
    </p>`}var In=e=>h`<span class="badge is-${e}"
    ><span aria-hidden="true">${Mn[e]}</span> ${N(e)}</span
  >`,Ln=e=>h`<p class="verdict">${In(e.verdict)} ${jn[e.verdict]}</p>
    <ul class="reasons">
      ${e.reasons.map(({speaks_for:e,is_decisive:t,detail:n})=>h`<li class=${e?`speaks-for`:`speaks-against`}>
            <span class="sign" aria-hidden="true">${e?`+`:`−`}</span>
            <span
              ><span class="unseen">${e?`For: `:`Against: `}</span>${An(n)}
              ${t&&!e?h`<strong>Decisive.</strong>`:_}</span
            >
          </li>`)}
    </ul>
    <details>
      <summary>The numbers</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Measured</th>
            <th scope="col">This map</th>
            <th scope="col">Random</th>
          </tr>
        </thead>
        <tbody>
          ${Nn.map(([t,n,r])=>h`<tr>
                <th scope="row">${n}</th>
                <td>${Rn(e[t])}</td>
                <td>${r?Rn(e[r]):``}</td>
              </tr>`)}
        </tbody>
      </table>
    </details>`,Rn=e=>typeof e==`number`?j(e):`–`,zn=(e,t)=>h`<p>The methods competed on this picture; the map shown is the best one's.</p>
    <table>
      <thead>
        <tr>
          <th scope="col">Method</th>
          <th scope="col">Verdict</th>
          <th scope="col">Insertion</th>
          <th scope="col">Deletion</th>
        </tr>
      </thead>
      <tbody>
        ${e.map(e=>h`<tr class=${e.method===t?`is-chosen`:``}>
              <th scope="row">${kt(e.method)?.title??e.method}</th>
              <td>${In(e.verdict)}</td>
              <td>${Rn(e.insertion)}</td>
              <td>${Rn(e.deletion)}</td>
            </tr>`)}
      </tbody>
    </table>`,Bn=42,Vn=(e,t,n,r)=>e.length===0?h`<p class="quiet predictions" .style=${`min-height:${n*Bn}px`}>
        The most probable classes will stand here.
      </p>`:h`<ol class="predictions">
        ${e.map(e=>Hn(e,e.index===t,r))}
      </ol>`,Hn=({index:e,label:t,probability:n,logit:r},i,a)=>h`<li>
    <button
      class="prediction"
      type="button"
      title="Explain ${t}${r==null?``:` (logit ${r.toFixed(2)})`}"
      aria-pressed=${String(i)}
      @click=${()=>a(e)}
    >
      <span class="part" .style=${`width:${n*100}%`}></span>
      <span class="label">${t}</span>
      <span class="percent">${Pt(n)}</span>
    </button>
  </li>`,Un={positive:`What speaks for`,negative:`What speaks against`,both:`What speaks for and against`};function Wn(e){if(!e)return`What the model looks at`;let t=e.versus?` rather than “${e.versus.label}”`:``;return`${Un[String(e.parameters.polarity)]??`What the model looks at for`} “${e.target.label}”${t}`}var Gn=(e,t,n,r)=>{let{answer:i,asking:a,askedAt:o}=t,s=e.panels.length===1,c=n===e.selected&&!s,l=kt(t.method)?.title??t.method;return h`<figure
    class="panel ${c?`is-selected`:``}"
    @pointerdown=${r.select}
    @focusin=${r.select}
  >
    <div class="panel-head">
      <label class="unseen" for="method-${n}">Method${s?``:` ${n+1}`}</label>
      <select
        id="method-${n}"
        @change=${e=>r.choose(e.target.value)}
      >
        ${cn(Kn(e.model),t.method)}
      </select>
      ${s?_:h`<button class="icon" type="button" aria-label="Remove ${l}" @click=${r.remove}>
            ✕
          </button>`}
    </div>
    <div
      class="frame explained"
      role="img"
      tabindex=${t.map?0:_}
      aria-label="${l}: ${Wn(i)}, as colours over the picture. Arrow keys read its values."
      aria-busy=${String(a!==null)}
      @pointermove=${e=>Xn(t,e)}
      @pointerdown=${e=>Xn(t,e)}
      @pointerleave=${()=>$n(t,null)}
      @keydown=${e=>Qn(t,e)}
      @blur=${()=>$n(t,null)}
    >
      ${e.picture?h`<img src=${e.picture.address} alt="" @error=${er} @load=${tr} />`:_}
      ${i?.overlay&&!t.refusal?h`<img
            class="colours ${a?`is-old`:``}"
            src="data:image/png;base64,${i.overlay}"
            alt=""
            .style=${`opacity:${e.opacity}`}
          />`:_}
      ${t.cell&&t.map&&i?Yn(t.cell,t.map,i.image):_}
      ${a?kn(`${l} …`,(performance.now()-o)/1e3):_}
    </div>
    <figcaption title=${Wn(i)}>${Wn(i)}</figcaption>
    <p class="readout" aria-live="polite">${qn(t)}</p>
    ${F(t.refusal,r.again)}
    ${(i?.warnings??[]).map(({detail:e})=>Dn(`This map explains nothing`,e))}
  </figure>`};function Kn(e){let t=D.details.get(e)?.unsupported??{};return D.methods.map(({name:e,title:n})=>({value:e,text:e in t?`${n} (not for this model)`:n,isOff:e in t}))}function qn({cell:e,map:t,answer:n}){if(!t||!n)return`\xA0`;if(!e){let{min:e,max:r}=n.range;return`${t.columns} × ${t.rows} values, ${j(e??NaN)} to ${j(r??NaN)}`}let r=qt(t,e),i=t.largest>0?` · ${Math.round(r/t.largest*100)} % of the largest`:``;return`${j(r)}${i} · row ${e.row+1}, column ${e.column+1}`}function Jn({width:e,height:t}){let n=Math.max(e,t),[r,i]=[e/n,t/n];return{left:(1-r)/2,top:(1-i)/2,across:r,down:i}}function Yn({row:e,column:t},n,r){let{left:i,top:a,across:o,down:s}=Jn(r),[c,l]=[o/n.columns,s/n.rows],u=e=>`${e*100}%`;return h`<span
    class="marker"
    .style=${`left:${u(i+t*c)};top:${u(a+e*l)};width:${u(c)};height:${u(l)}`}
  ></span>`}function Xn(e,t){if(!e.map||!e.answer)return;let n=t.currentTarget.getBoundingClientRect(),{left:r,top:i,across:a,down:o}=Jn(e.answer.image),s=((t.clientX-n.left)/n.width-r)/a,c=((t.clientY-n.top)/n.height-i)/o;$n(e,Jt(e.map,s,c))}var Zn={ArrowUp:[-1,0],ArrowDown:[1,0],ArrowLeft:[0,-1],ArrowRight:[0,1]};function Qn(e,t){let n=Zn[t.key];if(!n||!e.map)return;t.preventDefault();let{rows:r,columns:i}=e.map,a={row:Math.floor(r/2),column:Math.floor(i/2)};$n(e,e.cell?Yt(e.map,e.cell,...n):a)}function $n(e,t){(e.cell?.row!==t?.row||e.cell?.column!==t?.column)&&(e.cell=t,E())}var er=e=>e.target.hidden=!0,tr=e=>e.target.hidden=!1,nr=(e,t)=>h`<section class="stage card" id="stage" aria-label="Picture and explanation">
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture"
      @change=${e=>ir(e.target,t)}
    />
    ${rr(e)&&!e.isDragging?_:ar(e,t)}
    ${rr(e)?sr(e,t):_}
    ${F(e.pictureRefusal)}
  </section>`,rr=({picture:e,isPictureComing:t})=>e!==null||t;function ir(e,{take:t}){t(e.files?.[0]),e.value=``}var ar=(e,t)=>h`<div class="drop ${rr(e)?`is-over`:``} ${e.isDragging?`is-dragging`:``}">
    <svg viewBox="0 0 48 48" width="52" height="52" aria-hidden="true">
      <path d="M8 38V12a4 4 0 0 1 4-4h24a4 4 0 0 1 4 4v26" />
      <path d="M4 40h40M24 32V18m-7 6 7-7 7 7" />
    </svg>
    <h2>${e.isPictureMissing?`Add the picture to this view`:`Drop a picture here`}</h2>
    <p>
      ${e.isPictureMissing?`This link was made with a picture of somebody's own, which stays with them. Add one, and it is explained with the choices of the link.`:`The model says what it sees, and the explanation marks what in the picture speaks for it.`}
    </p>
    <label class="button" for="file">Choose a picture</label>
    <p class="quiet">or paste one from the clipboard, or try one of these:</p>
    <div class="samples">${or(null,t)}</div>
  </div>`,or=(e,{takeSample:t})=>dt.map(({name:n,title:r,file:i,credit:a})=>h`<button
        class="sample"
        type="button"
        title="${r}: ${a}"
        aria-pressed=${String(n===e)}
        @click=${()=>t(n)}
      >
        <img src=${i} alt="" width="72" height="72" /><span>${r}</span>
      </button>`),sr=(e,t)=>h`<div class="panels has-${e.panels.length}">
      <figure class="panel sent">
        <div class="panel-head"><label class="button plain" for="file">Another picture</label></div>
        <div class="frame">
          ${e.picture?h`<img src=${e.picture.address} alt="The picture" />`:_}
        </div>
        <figcaption title=${e.picture?.name??``}>${e.picture?.name??`\xA0`}</figcaption>
        <p class="readout">${cr(e)}</p>
      </figure>
      ${e.panels.map((n,r)=>Gn(e,n,r,t.ofPanel(r)))}
    </div>
    <div class="bar">
      <div class="opacity">
        <label for="opacity">Opacity</label>
        <input
          id="opacity"
          type="range"
          min="0"
          max="1"
          step="0.01"
          .value=${String(e.opacity)}
          @input=${e=>t.setOpacity(Number(e.target.value))}
        />
        <output for="opacity">${Math.round(e.opacity*100)} %</output>
      </div>
      <button
        class="plain"
        id="add-method"
        type="button"
        ?disabled=${e.panels.length>=4}
        @click=${t.addPanel}
      >
        Compare with another method
      </button>
    </div>
    <div class="samples is-small" role="group" aria-label="Sample pictures">
      <label class="button plain phone-only" for="file">Another picture</label>
      ${or(e.picture?.sample??null,t)}
    </div>`;function cr({picture:e}){if(!e)return``;let t=dt.find(({name:t})=>t===e.sample);return t?t.credit:e.isKept===null?`\xA0`:e.isKept?`Kept in this tab only`:`Too large to outlive a reload`}var lr=e=>new URL(e,document.baseURI.split(`#`)[0]).href,ur=e=>Object.entries(e).filter(([,e])=>e!==``),dr=e=>/^[\w./:@=,-]+$/.test(e)?e:`'${e.replaceAll(`'`,`'\\''`)}'`;function fr({method:e,fileName:t,fetchFrom:n,fields:r}){let i=[`curl -H 'Accept: image/png'`,`-F ${dr(`image=@${t}`)}`,...ur(r).map(([e,t])=>`-F ${dr(`${e}=${t}`)}`),`-o overlay.png`,dr(lr(`explain/${e}`))].join(` \\
  `);return((n&&`curl ${dr(lr(n))} -o ${dr(t)}\n`)??``)+i}function pr({method:e,fileName:t,fetchFrom:n,fields:r}){let i=ur({...r,outputs:`overlay,raw`}).map(([e,t])=>`    ${JSON.stringify(e)}: ${JSON.stringify(t)},`);return[`import base64`,`from pathlib import Path`,``,`import httpx`,`import numpy as np`,``,`picture = ${n?`httpx.get(${JSON.stringify(lr(n))}).content`:`Path(${JSON.stringify(t)}).read_bytes()`}`,`options = {`,...i,`}`,`answer = httpx.post(`,`    ${JSON.stringify(lr(`explain/${e}`))},`,`    files={"image": (${JSON.stringify(t)}, picture)}, data=options, timeout=300,`,`).raise_for_status().json()`,`Path("overlay.png").write_bytes(base64.b64decode(answer["overlay"]))`,`raw = answer["raw"]`,`values = np.frombuffer(base64.b64decode(raw["b64"]), raw["dtype"]).reshape(raw["shape"])`,`print(answer["target"], values.max())`].join(`
`)}var mr=[[`curl`,`curl`],[`python`,`Python`]];function hr(e){let t=x(e),n=dt.find(({name:t})=>t===e.picture?.sample);return{method:t.method,fileName:e.picture?.name??`photo.jpg`,fetchFrom:n?.file??null,fields:e.picture?{...Zt(e,t),outputs:`overlay`,opacity:String(e.opacity)}:{}}}function gr(e,t){let{answer:n}=x(e),r=(e.language===`curl`?fr:pr)(hr(e)),i=e.picture!==null&&e.picture.sample===null;return h`<section class="card calls" aria-labelledby="calls-title">
    <div class="card-head">
      <h2 id="calls-title">To take along</h2>
      <div class="buttons">
        ${_r(`save-picture`,`Picture`,`Save the overlay as PNG`,t.picture,!n)}
        ${_r(`save-numbers`,`Numbers`,`Save the map for numpy.load`,t.numbers,!n)}
        ${_r(`save-answer`,`Answer`,`Save all that was answered, as JSON`,t.answer,!n)}
        ${_r(`copy-link`,`Link`,`Copy the address of this view`,Vt(()=>location.href),!e.picture)}
      </div>
    </div>
    <p class="hint" id="link-hint">
      ${i?`Your picture never leaves this tab but for the service: the link carries every choice, and whoever opens it adds a picture.`:`The link shows others the same view.`}
    </p>
    <div class="card-head">
      <h3>The same from a program</h3>
      <div class="buttons">
        ${mr.map(([n,r])=>h`<button
              class="plain"
              type="button"
              aria-pressed=${String(e.language===n)}
              @click=${()=>t.language(n)}
            >
              ${r}
            </button>`)}
        ${_r(`copy`,`Copy`,`Copy the call`,Vt(()=>r),!1)}
      </div>
    </div>
    <pre tabindex="0" role="region" aria-label="The call"><code id="call">${r}</code></pre>
  </section>`}var _r=(e,t,n,r,i)=>h`<button class="plain" type="button" id=${e} title=${n} ?disabled=${i} @click=${r}>
    ${t}
  </button>`,I=Ve(),vr=()=>k(`explain`,[],Ue(I)),yr=5,br=!1,xr=[];function Sr(e){xr.push(e)}function L(){Qt(I),E(),Cr()}function Cr(){br&&Nt(vr())}async function wr(e){if(!e)return;let t=pt(e);Dr(t),await jt(),t===I.picture&&(await mt(t),E())}async function Tr(e,t=!1){I.isPictureComing=!0,E();try{let n=await ht(e);I.isPictureComing=!1,n&&Dr(n,t)}catch(e){I.isPictureComing=!1,I.pictureRefusal=T(e)}E()}function Er(e){I.isDragging!==e&&(I.isDragging=e,E())}function Dr(e,t=I.isPictureMissing){I.picture&&URL.revokeObjectURL(I.picture.address),Object.assign(I,{picture:e,isPictureMissing:!1,pictureRefusal:null}),t||Object.assign(I,{target:``,versus:``});for(let e of I.panels)Or(e);Qt(I),E(),jt().then(Cr);for(let e of xr)e()}function Or(e){Object.assign(e,{answer:null,map:null,evidence:null,refusal:null,cell:null,asked:``,measured:``,times:[]})}async function kr(e,t){br=!0,t.size>0&&(We(t,I),await Ar(t.get(`picture`))),jr(),L()}async function Ar(e){if(e===null||e===(I.picture?.sample??(I.picture&&`own`)))return;if(e!==`own`){await Tr(e,!0);return}let t=gt();t?Dr(t,!0):I.isPictureMissing=!0}function jr(){if(!D.isReady)return;O(I.model)||(I.model=Ot());let e=O(I.model)?.classes??[];for(let t of[`target`,`versus`]){let n=e.indexOf(I[t]);n>=0&&(I[t]=String(n))}Dt(I.model).catch(()=>setTimeout(jr,2e3)),Qt(I)}function Mr(e,t){Object.assign(I,{[e]:t}),e===`model`&&(Object.assign(I,{target:``,versus:``,layer:``}),jr()),e===`target`&&I.versus===t&&(I.versus=``),L()}var Nr=e=>({choose:t=>{let n=I.panels[e];n?.asking?.abort(),n?.measuring?.abort();let r=Be(t);n&&Object.assign(r,{answer:n.answer}),I.panels[e]=r,L()},select:()=>{I.selected!==e&&(I.selected=e,L())},remove:()=>{I.panels[e]?.asking?.abort(),I.panels.splice(e,1),I.selected=Math.min(I.selected,I.panels.length-1),L()},again:()=>$t(I)});function Pr(){let e=new Set(I.panels.map(({method:e})=>e)),t=D.details.get(I.model)?.unsupported??{},n=[`saliency`,`integrated-gradients`,`occlusion`,`layercam`,...D.methods.map(({name:e})=>e)].find(n=>!e.has(n)&&!(n in t));I.panels.push(Be(n??`gradcam`)),I.selected=I.panels.length-1,L()}async function Fr(){let e=x(I);if(I.picture)try{Wt(await rn(I,e,I.picture),`${Ir(e)}.png`)}catch(t){e.refusal=T(t),E()}}var Ir=({method:e,answer:t})=>`${e}_${t?.target.label??``}`,Lr={picture:()=>void Fr(),numbers:()=>{let e=x(I);e.answer?.raw&&Wt(Xt(e.answer.raw),`${Ir(e)}.npy`)},answer:()=>{let e=x(I),t=JSON.stringify({...e.answer,evidence:e.evidence},null,1);Wt(new Blob([t],{type:`application/json`}),`${Ir(e)}.json`)},language:e=>{I.language=e,E()}},Rr={take:e=>void wr(e),takeSample:e=>void Tr(e),setOpacity:e=>{I.opacity=e,L()},addPanel:Pr,ofPanel:Nr},zr={change:Mr,changeParameter:(e,t)=>{let{parameters:n}=x(I);t===``?delete n[e]:n[e]=t,L()}};function Br(){if(!D.isReady&&!D.refusal)return h``;let e=x(I),{answer:t,times:n}=e,r=Math.min(yr,O(I.model)?.classes.length??yr);return h`<div class="explain">
    ${nr(I,Rr)}
    <div class="side">
      <section class="card seen" aria-labelledby="seen-title">
        <h2 id="seen-title">What the model sees</h2>
        ${Vn(t?.predictions??[],t?.target.index??null,r,e=>Mr(`target`,String(e)))}
        <p class="timing">
          <span class="unseen">Where the time went:</span>
          ${t?.cached?h`<span
                  class="cached"
                  title="It had been computed before for the same picture and choices"
                  >from the cache</span
                >
                · `:_}${n.map(([e,t])=>`${e} ${Ft(t)}`).join(` · `)||`\xA0`}
        </p>
      </section>
      ${yn(I,zr)}
    </div>
    <div class="below">
      ${Pn(e,{isOn:I.withEvidence,hasPicture:I.picture!==null,turn:e=>{I.withEvidence=e,L()},again:()=>$t(I)})}
      ${gr(I,Lr)}
    </div>
    <p class="unseen" id="status" role="status">${Vr()}</p>
  </div>`}function Vr(){let{answer:e}=x(I),t=e?.predictions[0];return!e||!t?``:`${t.label}, ${Pt(t.probability)}. Explained: ${e.target.label}.`}setInterval(()=>{I.panels.some(({asking:e})=>e!==null)&&E()},1e3);var Hr={title:`Explain`,enter:(e,t)=>void kr(e,t),leave:()=>{br=!1},template:Br},Ur=2e3;function Wr(e,t){let n=new AbortController;return Gr(e,t,n.signal),()=>n.abort()}async function Gr(e,t,n){let r=new qr(t.event);for(;!n.aborted;){try{await Kr(e,t,r,n)}catch{}if(n.aborted)return;t.broken(),await new Promise(e=>setTimeout(e,Ur))}}async function Kr(e,{opened:t},n,r){let i=n.lastId===``?{}:{"Last-Event-ID":n.lastId},a=await fetch(e,{headers:{Accept:`text/event-stream`,...$e(),...i},cache:`no-store`,signal:r});if(Qe(a.status),!a.ok||!a.body)return;t(),n.begin();let o=a.body.pipeThrough(new TextDecoderStream).getReader();for(let e=await o.read();!e.done&&!r.aborted;e=await o.read())n.take(e.value)}var qr=class{tell;lastId=``;rest=``;name=``;data=[];constructor(e){this.tell=e}begin(){this.rest=this.name=``,this.data=[]}take(e){let t=(this.rest+e).split(/\r\n|\n|\r(?!$)/);this.rest=t.pop()??``;for(let e of t)this.takeLine(e)}takeLine(e){if(e===``){this.data.length>0&&this.tell(this.name||`message`,this.data.join(`
`)),this.name=``,this.data=[];return}let[,t=``,n=``]=/^([^:]*):? ?(.*)$/s.exec(e)??[];t===`event`?this.name=n:t===`data`?this.data.push(n):t===`id`&&(this.lastId=n)}},Jr=(e,t=``)=>`jobs/${encodeURIComponent(e)}${t}`,R=async e=>(await C(`jobs${ut(e)}`)).body,Yr=async e=>(await C(Jr(e))).body,Xr=30,Zr=async(e,t,n,r=!1)=>(await C(`jobs`,{method:`POST`,headers:{"Content-Type":`application/json`,"Idempotency-Key":ni(),...r?{Prefer:`wait=${Xr}`}:{}},body:JSON.stringify({kind:e,model:t,params:n})})).body,Qr=async e=>(await C(Jr(e),{method:`DELETE`})).body,$r=async e=>(await C(Jr(e,`/retry`),{method:`POST`})).body,ei=async e=>(await C(Jr(e,`/artifacts`))).body.artifacts,ti=e=>Jr(e,`/events`),z=(e,t)=>Jr(e,`/artifacts/${t.split(`/`).map(encodeURIComponent).join(`/`)}`),ni=()=>[...crypto.getRandomValues(new Uint32Array(4))].map(e=>e.toString(16)).join(`-`),B=new Set([`queued`,`running`]),ri=[`queued`,`running`,`succeeded`,`failed`,`cancelled`],ii={queued:`…`,running:`▸`,succeeded:`✓`,failed:`✕`,cancelled:`–`},ai=e=>ii[e];function oi(e){switch(e.status){case`queued`:return si(e.queue_position);case`running`:return ci(e.progress);case`succeeded`:return`Done${li(e)}.`;case`cancelled`:return`Cancelled. Retrying goes on from where it stopped.`;case`failed`:return ui(e)}}function si(e){return e===null?`Waits for a worker that hosts its model.`:e===0?`Is next, as soon as a worker is free.`:`Waits: ${e} ${e===1?`job goes`:`jobs go`} first.`}function ci({stage:e=``,step:t=0,total:n=0,eta_seconds:r=null,message:i=``}){if(i)return i;if(!e)return`Begins.`;let a=r===null?``:`, about ${It(r)} left`;return n>0?`${N(e)}: ${t} of ${n}${a}.`:`${N(e)}${a}.`}function li({started_at:e,finished_at:t}){return!e||!t?``:` in ${It((Date.parse(t)-Date.parse(e))/1e3)}`}function ui({error:e}){switch(e?.code){case`job_killed_its_worker`:return`It ended the workers that tried it, probably for want of memory. Ask for less at once. (${e.detail})`;case`job_failed`:return`The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${e.detail})`;case void 0:return`It failed.`;default:return e?.detail??`It failed.`}}var di=2e3,fi=class{id;whenDone;job=null;artifacts=[];rises=[];preview=null;refusal=null;isCutOff=!1;isDeleted=!1;isAsking=!1;stopListening=null;timer=0;isLetGo=!1;constructor(e,t=()=>void 0){this.id=e,this.whenDone=t,this.look()}letGo(){this.isLetGo=!0,this.stopListening?.(),this.stopListening=null,clearTimeout(this.timer)}cancel(){return this.change(async()=>{let e=await Qr(this.id);e?this.job=e:(this.isDeleted=!0,this.letGo())})}retry(){return this.change(async()=>{this.job=await $r(this.id),await this.look()})}async change(e){this.isAsking=!0,E();try{await e(),this.refusal=null}catch(e){this.refusal=T(e)}this.isAsking=!1,E()}async look(){try{this.job=await Yr(this.id),this.refusal=null,B.has(this.job.status)?this.isLetGo||this.listen():await this.gather()}catch(e){this.refusal=T(e)}E(),!this.isLetGo&&this.job?.status===`succeeded`&&this.whenDone(),this.isLetGo||(this.isSettled()?(this.stopListening?.(),this.stopListening=null):(clearTimeout(this.timer),this.timer=window.setTimeout(()=>void this.look(),di)))}isSettled(){return this.refusal?this.refusal.code===`job_not_found`:this.job!==null&&!B.has(this.job.status)}async gather(){if(this.artifacts=await ei(this.id),this.artifacts.some(({path:e})=>e===`loss.json`)){let{body:e}=await C(z(this.id,`loss.json`));this.rises=e.pictures}}listen(){this.stopListening??=Wr(ti(this.id),{opened:()=>this.turnCutOff(!1),event:(e,t)=>this.hear(e,t),broken:()=>this.turnCutOff(!0)})}turnCutOff(e){this.isCutOff=e,E()}hear(e,t){if(e===`progress`&&this.job){let e=JSON.parse(t),n=this.job.status===`queued`?`running`:this.job.status;this.job={...this.job,progress:e,status:n}}e===`preview`&&(this.preview=JSON.parse(t).image),(e===`done`||e===`error`)&&this.end(),E()}end(){this.stopListening?.(),this.stopListening=null,this.look()}},pi=600,mi=160;function hi(e,t){let n=t.flatMap(({values:e})=>e.filter(e=>e!==null)),r=n.reduce((e,t)=>Math.min(e,t),1/0),i=n.reduce((e,t)=>Math.max(e,t),-1/0),a=Math.max(2,...t.map(({values:e})=>e.length)),o=e=>e/(a-1)*pi,s=e=>mi-(e-r)/(i-r||1)*152-4;return h`<figure class="plot">
    <figcaption>${e}</figcaption>
    <svg
      viewBox="0 0 ${pi} ${mi}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${e}: from ${j(r)} to ${j(i)} over ${a} steps"
    >
      ${t.map(({values:e})=>ge`<path d=${e.map((e,t)=>e===null?``:`${t===0?`M`:`L`}${o(t).toFixed(1)} ${s(e).toFixed(1)}`).join(``)} />`)}
    </svg>
    <p class="hint">
      ${t.length} ${t.length===1?`picture`:`pictures`}, ${a} steps, from
      ${j(r)} to ${j(i)}
    </p>
  </figure>`}var V=new Map,gi=200;function _i(e){if(!Xe())return e;let t=V.get(e);return t===void 0&&vi(e),t||_}async function vi(e){V.set(e,``);let[t]=V;V.size>gi&&t&&(URL.revokeObjectURL(t[1]),V.delete(t[0]));try{V.set(e,URL.createObjectURL(await ot(e)))}catch{return}E()}function yi(){for(let e of V.values())URL.revokeObjectURL(e);V.clear()}var bi=e=>t=>{Xe()&&(t.preventDefault(),ot(e).then(t=>Wt(t,e.split(`/`).map(decodeURIComponent).at(-1)??`file`),E))},xi=(e,t,n)=>k(`model`,[e,...t.split(`/`)],new URLSearchParams({unit:String(n)})),Si=({status:e})=>h`<span class="badge is-${e}"
    ><span aria-hidden="true">${ai(e)}</span> ${N(e)}</span
  >`,Ci=({kind:e,progress:t,status:n})=>h`<progress
    max="1"
    .value=${n===`succeeded`?1:t.fraction}
    aria-label="Progress of ${zt(e)}"
  ></progress>`,wi=e=>{let{job:t,refusal:n}=e;return e.isDeleted?h`<section class="card">
      ${Dn(`Deleted`,`The job and its files are gone`)}
      <a href="#/jobs">All jobs</a>
    </section>`:h`<section class="card job" aria-labelledby="job-title">
    ${F(n)}
    ${t?Ti(e,t):n?_:h`<p class="quiet">Looking …</p>`}
  </section>`},Ti=(e,t)=>h`<div class="card-head">
      <h2 id="job-title">${N(t.kind)} <span class="quiet">of ${t.model}</span></h2>
      ${Si(t)}
    </div>
    <div class="standing">
      ${Ci(t)}
      <span class="percent">${Ei(t)}</span>
    </div>
    <p role="status" id="standing">${oi(t)}</p>
    ${e.isCutOff&&B.has(t.status)?Dn(`No news at the moment`,`The connection broke off; the page goes on by itself`):_}
    <div class="buttons">${Di(e,t)}</div>
    ${ki(e,t)}
    ${e.rises.length>0?hi(`How far each picture rose towards its objective`,e.rises.map(({objective:e,scores:t})=>({name:e,values:t}))):_}
    ${ji(e,t)} ${Ni(t)}`,Ei=({status:e,progress:t})=>e===`succeeded`?`100 %`:`${Math.floor(t.fraction*100)} %`;function Di(e,t){let{isAsking:n}=e,r=()=>void e.cancel(),i=()=>void e.retry();if(B.has(t.status))return[h`<button class="plain is-alarm" type="button" ?disabled=${n} @click=${r}>
        Cancel
      </button>`];let a=h`<button class="plain" type="button" ?disabled=${n} @click=${i}>
    Retry
  </button>`,o=h`<button
    class="plain is-alarm"
    type="button"
    ?disabled=${n}
    @click=${r}
  >
    Delete with its files
  </button>`;if(t.status!==`succeeded`)return[a,o];let s=t=>e.artifacts.some(({path:e})=>e===t),c=(e,t)=>h`<a class="button plain" href=${e}>${t}</a>`;return s(`atlas.json`)?[c(k(`atlas`,[t.id]),`Open the atlas`),o]:s(`strongest.json`)?[c(xi(t.model,String(t.params.layer),0),`Look at the channels`),o]:[o]}var Oi={"grid.png":`All pictures, each under what it was made for`,"preview.png":`A grid of the atlas, with the names of classes`};function ki(e,t){let n=e.artifacts.find(({path:e})=>e in Oi);if(n){let e=z(t.id,n.path);return h`<a class="made" href=${e} target="_blank" @click=${bi(e)}
      ><img src=${_i(e)} alt=${Oi[n.path]??``}
    /></a>`}return B.has(t.status)?h`<div class="made is-open">
    ${e.preview?h`<img src="data:image/png;base64,${e.preview}" alt="What is being made" />`:h`<p class="quiet">What is being made will be seen here.</p>`}
  </div>`:_}var Ai=24;function ji({artifacts:e},t){return e.length===0?_:h`<details class="files" ?open=${e.length<=Ai}>
    <summary>${e.length} ${e.length===1?`file`:`files`}</summary>
    <ul class="artifacts">
      ${e.map(n=>h`<li>${Mi(n,t,e.length<=Ai)}</li>`)}
    </ul>
  </details>`}var Mi=({path:e,bytes:t,media_type:n},r,i)=>{let a=z(r.id,e),o=n.startsWith(`image/`)&&(i||!Xe());return h`<a href=${a} target="_blank" @click=${bi(a)}>
    ${o?h`<img src=${_i(a)} alt="" loading="lazy" width="96" height="96" />`:h`<span class="no-picture" aria-hidden="true">${e.split(`.`).pop()}</span>`}
    <span>${e}</span> <span class="quiet">${Lt(t)}</span>
  </a>`},Ni=e=>h`<details>
    <summary>Parameters and times</summary>
    <dl class="facts">
      <dt>ID</dt>
      <dd>${e.id}</dd>
      <dt>Submitted</dt>
      <dd>${A(e.created_at)}</dd>
      ${Pi(`Begun`,e.started_at)} ${Pi(`Ended`,e.finished_at)}
      ${Pi(`Kept until`,e.expires_at)}
      <dt>Attempts</dt>
      <dd>${e.attempt}</dd>
      ${Object.entries(e.params).map(([e,t])=>h`<dt>${N(e)}</dt>
            <dd>${Fi(t)}</dd>`)}
    </dl>
  </details>`,Pi=(e,t)=>t?h`<dt>${e}</dt>
        <dd>${A(t)}</dd>`:_;function Fi(e){return e===null?`automatic`:typeof e==`object`?JSON.stringify(e):String(e)}var Ii=class{about;cells;grid;sides;numbers;constructor(e,t){this.about=e,this.cells=t;let{grid:n}=e;this.grid=n,this.numbers=new Int32Array(n*n).fill(-1),t.forEach(({x:e,y:t},r)=>this.numbers[t*n+e]=r);let r=(e.points+e.sparse_points)/n**2;this.sides=t.map(({n:e})=>Ri(e,r))}numberAt(e,t){return e>=0&&t>=0&&e<this.grid&&t<this.grid?this.numbers[t*this.grid+e]??-1:-1}at(e,t){return this.cells[this.numberAt(e,t)]}},Li=.3,Ri=(e,t)=>Math.max(Li,Math.min(1,Math.sqrt(e/(t||1)))),zi=({grids:e},t)=>e.find(({grid:e})=>e===t)??e[0],H=({document:e},t)=>e.classes[t]??`class ${t}`,Bi=({document:e})=>e.kind===`dataset-map`?`images`:`activations`,Vi=(e,t=``)=>`atlases/${encodeURIComponent(e)}${t}`,Hi=async(e=``)=>(await C(`atlases${ut({cursor:e})}`)).body;async function Ui(e){let{body:t}=await C(Vi(e));return Wi(t.version),{id:e,document:t,grids:await Promise.all(t.grids.map(async t=>{let{body:n}=await C(z(e,t.cells_path));return new Ii(t,n.cells)}))}}function Wi(e){if((e??1)!==1)throw new S({title:`This atlas has another format`,detail:`This page reads version 1, and the atlas has version ${e}. Load the page anew.`,code:`atlas_version`})}var Gi=async(e,t,n)=>(await C(Vi(e,`/locate`),{method:`POST`,body:lt(t,{}),signal:n})).body,Ki=/^-?\d+(\.\d+)?(e-?\d+)?$/i,qi=(e,t)=>Object.fromEntries(Object.entries(e).filter(([e,n])=>n.trim()!==``&&e in t).map(([e,n])=>[e,Ji(n.trim(),t[e]??{})]));function Ji(e,t){let n=t.anyOf??[t],r=e=>n.some(t=>t.type===e);return r(`boolean`)&&(e===`true`||e===`false`)?e===`true`:(r(`integer`)||r(`number`))&&Ki.test(e)?Number(e):n.some(t=>Yi(e,t))?e:r(`array`)?e.split(`,`).map(e=>Xi(e.trim())):e}var Yi=(e,{type:t,pattern:n,enum:r})=>t===`string`&&(n===void 0||new RegExp(n).test(e))&&(r===void 0||r.includes(e)),Xi=e=>Ki.test(e)?Number(e):e,Zi=`atlas`,U={model:``,datasets:null,written:{quality:`draft`},properties:null,estimate:null,isAsking:!1,refusal:null};async function Qi(){if(D.isReady){O(U.model)||(U.model=Ot()),Dt(U.model).catch(()=>setTimeout(()=>void Qi(),2e3));try{let[e,t]=await Promise.all([C(`datasets`),U.properties?null:C(`openapi.json`)]);U.datasets=e.body.datasets,t&&(U.properties=dn(t.body.components.schemas.AtlasParameters)),U.datasets.some(({id:e})=>e===U.written.dataset)||(U.written.dataset=U.datasets[0]?.id??``)}catch(e){U.refusal=T(e)}E()}}function $i(e,t){t===``?delete U.written[e]:U.written[e]=t,e===`class_filter`&&t===``&&delete U.written.versus,U.estimate=null,E()}function ea(e){let{dataset:t=``,quality:n=`draft`}=U.written;Object.assign(U,{model:e,estimate:null,written:{dataset:t,quality:n}}),Qi(),E()}var ta=()=>qi(U.written,U.properties??{}),na=()=>aa(async()=>{let e=await Zr(Zi,U.model,{...ta(),dry_run:!0},!0);if(e.status!==`succeeded`)throw new S({title:`What it costs is not known yet`,detail:oi(e),code:e.error?.code??``,retrySeconds:e.status===`failed`?null:1});U.estimate=(await C(ra(e))).body,await Qr(e.id)}),ra=({id:e})=>`jobs/${encodeURIComponent(e)}/result`,ia=()=>aa(async()=>{let e=await Zr(Zi,U.model,ta());location.hash=k(`atlas`,[e.id])});async function aa(e){Object.assign(U,{isAsking:!0,refusal:null}),E();try{await e()}catch(e){U.refusal=T(e)}U.isAsking=!1,E()}var oa=[{value:`draft`,text:`draft: 2,000 images, one grid`},{value:`standard`,text:`standard: 20,000 images, three grids`},{value:`published`,text:`published: 1,000,000 images, four grids; for GPUs`}],sa=new Set([`dataset`,`quality`,`layer`,`class_filter`,`versus`,`dry_run`]),ca=()=>h`<form class="card choices" aria-labelledby="order-title" @submit=${la}>
    <h2 id="order-title">Make an atlas</h2>
    <p class="quiet">
      What a layer sees in your images: places of many images, laid out so that what is alike to the
      model lies together, each cell drawn as what it looks for.
    </p>
    ${U.datasets?.length===0?ua():da()}
    ${F(U.refusal,()=>void na())}
  </form>`;function la(e){e.preventDefault(),ia()}var ua=()=>h`<p>It is made of the images of a dataset, and there is none yet.</p>
    <p><a class="button" href="#/datasets">Add a dataset</a></p>`;function da(){let{written:e,datasets:t,properties:n}=U,r=U.isAsking||!n||!e.dataset,i=(t,n,r)=>P({id:`order-${t}`,label:n,value:e[t]??``,choices:r,change:e=>$i(t,e)});return h`${i(`dataset`,`Dataset`,(t??[]).map(({id:e,name:t,images:n})=>({value:e,text:`${t} · ${M(n)} images`})))}
  ${P({id:`order-model`,label:`Model`,value:U.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:ea})}
  ${i(`quality`,`Quality`,oa)} ${i(`layer`,`Layer`,fa())}
  ${i(`class_filter`,`Activations`,[{value:``,text:`all of them`},...pa(``).map(({value:e,text:t})=>({value:e,text:`that speak for “${t}”`}))])}
  ${e.class_filter?i(`versus`,`Compared with`,[{value:``,text:`nothing`},...pa(e.class_filter)]):_}
  <details class="own">
    <summary>All settings</summary>
    ${mn(Object.fromEntries(Object.entries(n??{}).filter(([e])=>!sa.has(e))),e,$i,`order`)}
  </details>
  <div id="cost" role="status">${U.estimate?ma(U.estimate):_}</div>
  <div class="buttons">
    <button id="start" type="submit" ?disabled=${r}>Make the atlas</button>
    <button class="plain" id="ask-cost" type="button" ?disabled=${r} @click=${()=>void na()}>
      What will it cost?
    </button>
  </div>`}function fa(){let e=D.details.get(U.model)?.default_layer??``,t=(D.layers.get(U.model)??[]).filter(({output_shape:e})=>e.length===3);return[{value:``,text:e?`the last map (${e})`:`the last map`},...t.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.join(` × `)}`})).reverse()]}var pa=e=>(O(U.model)?.classes??[]).map((e,t)=>({value:String(t),text:e})).filter(({value:t})=>t!==e),ma=({images:e,activations:t,cells:n,icon_steps:r})=>h`<dl class="facts">
    <dt>Images</dt>
    <dd>${M(e)}</dd>
    <dt>Activations</dt>
    <dd>${M(t)}</dd>
    <dt>Cells</dt>
    <dd>at most ${M(n)}</dd>
    <dt>Icon steps</dt>
    <dd>at most ${M(r)}, a pass forward and back each</dd>
  </dl>`,W={atlases:[],nextCursor:null,open:[],isLoaded:!1,refusal:null},ha=new Set([Zi,`dataset-map`]),ga=`50`,_a=3e3,va=0,ya=!1;async function ba(){ya=!0,clearTimeout(va);try{let[e]=await Promise.all([xa(),Qi()]),{atlases:t,next_cursor:n}=await Hi();Object.assign(W,{atlases:t,nextCursor:n,open:e,isLoaded:!0,refusal:null})}catch(e){W.refusal=T(e)}E(),ya&&(W.open.length!==0||W.refusal)&&(clearTimeout(va),va=window.setTimeout(()=>void ba(),_a))}async function xa(){let e=await R({status:`queued`,limit:ga}),t=await R({status:`running`,limit:ga});return[...new Map([...t.jobs,...e.jobs].map(e=>[e.id,e])).values()].filter(({kind:e,params:t})=>ha.has(e)&&!t.dry_run)}function Sa(){ya=!1,clearTimeout(va)}async function Ca(){let{atlases:e,next_cursor:t}=await Hi(W.nextCursor??``);Object.assign(W,{atlases:[...W.atlases,...e],nextCursor:t}),E()}var wa=()=>h`<div class="features atlases">
    ${ca()}
    <div class="watching">
      ${F(W.refusal,()=>void ba())}
      ${W.open.length>0?Ta():_}
      ${W.atlases.length>0?Ea():W.isLoaded?ja():_}
    </div>
  </div>`,Ta=()=>h`<section class="card" aria-labelledby="open-title">
    <h2 id="open-title">Being made</h2>
    <ul class="jobs">
      ${W.open.map(e=>h`<li>
            <a href=${k(`atlas`,[e.id])}>${Aa(String(e.params.dataset))}</a>
            <span class="quiet"
              >${Oa(e.kind)}${e.model} · ${A(e.created_at)}</span
            >
            <span></span>
            ${Ci(e)} <span class="words">${oi(e)}</span>
          </li>`)}
    </ul>
  </section>`,Ea=()=>h`<section class="card" aria-labelledby="done-title">
    <h2 id="done-title">Atlases</h2>
    <ul class="earlier is-large">
      ${W.atlases.map(Da)}
    </ul>
    ${W.nextCursor?h`<button class="plain" type="button" @click=${()=>void Ca()}>
            Older ones
          </button>`:_}
  </section>`,Da=e=>h`<li>
    <a href=${k(`atlas`,[e.id])}>
      <img src=${_i(z(e.id,`preview.png`))} alt="" loading="lazy" />
      <strong>${Aa(e.dataset)}</strong>
      <span class="quiet"
        >${Oa(e.kind)}${e.model}
        · ${A(e.finished_at)}</span
      >
    </a>
  </li>`,Oa=(e=Zi)=>e===`atlas`?``:`${zt(e)} · `,ka=/^[0-9a-f]{32}$/,Aa=e=>U.datasets?.find(t=>t.id===e)?.name??(ka.test(e)?e.slice(0,8):e),ja=()=>h`<section class="card teaching">
    <p>
      There is no atlas yet. Choose a dataset and make a draft: of a few hundred images it takes
      minutes on a laptop, and you can watch it come. Then look around in it: which cells speak for a
      class, what tells two classes apart, and where a picture of yours would lie.
    </p>
  </section>`;function Ma(e){let{id:t,document:n}=e;return h`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">${N(n.kind)} of ${Aa(n.dataset)}</h2>
    <dl class="facts">
      <dt>Model</dt>
      <dd><a href=${k(`model`,[n.model])}>${n.model}</a></dd>
      <dt>Layer</dt>
      <dd>
        <a href=${k(`model`,[n.model,...n.layer.split(`/`)])}
          >${n.layer}</a
        >, ${Rt(n.layer_shape)}
      </dd>
      ${Na(e)}
      <dt>Images</dt>
      <dd>${M(n.images)}${n.unread?`, ${M(n.unread)} unread`:``}</dd>
      <dt>${N(Bi(e))}</dt>
      <dd>${M(n.points)}</dd>
      <dt>Grids</dt>
      <dd>${n.grids.map(({grid:e,cells:t})=>`${e} × ${e} (${M(t)} cells)`).join(`, `)}</dd>
    </dl>
    <div class="buttons is-after">
      <button class="plain" id="copy-link" type="button" @click=${Vt(()=>location.href)}>
        Copy link
      </button>
      <a
        class="button plain"
        href=${z(t,n.preview_path)}
        @click=${bi(z(t,n.preview_path))}
        target="_blank"
        >Picture</a
      >
      <a class="button plain" href=${k(`jobs`,[t])}>Job and files</a>
    </div>
  </section>`}function Na(e){let{class_filter:t,versus:n}=e.document;return t==null?_:h`<dt>${n==null?`Class`:`Classes`}</dt>
    <dd>
      ${H(e,t)}${n==null?``:` (left) and ${H(e,n)} (right)`}
    </dd>`}var Pa={target:null,versus:null,isAgainst:!1,intensity:1},Fa=.25,Ia=({document:e},t,n)=>t.f[e.filter_classes.indexOf(n)]??0;function La(e,t,{target:n,versus:r}){if(n===null)return 0;let i=Ia(e,t,n);return r===null?i:i-Ia(e,t,r)}function Ra(e,t,n){if(n.target===null)return 1;let r=La(e,t,n),i=n.versus===null?n.isAgainst?-r:r:Math.abs(r),a=Math.max(0,i/(e.document.full_influence||1));return Math.min(1,a*n.intensity)}function za(e,{cells:t},n){let r=n.isAgainst&&n.versus===null?-1:1,i=t=>n.target===null?t.n:r*La(e,t,n);return[...t].sort((e,t)=>i(t)-i(e))}function Ba(e,{target:t,versus:n,isAgainst:r}){if(t===null)return`All cells`;let i=H(e,t);return n===null?`What speaks ${r?`against`:`for`} “${i}”`:`What speaks for “${i}” or for “${H(e,n)}”`}var Va=160,Ha=.7;function Ua(e){let t=[],n=e.map(({grid:e,about:t})=>e*t.icon_size);for(let e=Math.max(...n);e>=Va;e/=2)t.unshift(e);return t.length===0&&t.push(Math.max(...n)),t.map(t=>({side:t,grid:Wa(e,t)}))}function Wa(e,t){let n=({grid:e,about:n})=>Math.abs(Math.log(t/(e*n.icon_size)));return e.reduce((e,t)=>n(t)<n(e)?t:e)}function Ga(e,t){return(e.findLast(({side:e})=>t/e>=.7)??e[0]).grid}var Ka=.1,qa=230,Ja=9,Ya=22,Xa=[-1,0,1];function Za(e){let t=new Int32Array(e.cells.length).fill(-1);return e.cells.forEach((n,r)=>{if(t[r]!==-1)return;let i=[r];t[r]=r;for(let a=i.pop();a!==void 0;a=i.pop()){let o=e.cells[a]??n;for(let a of Xa)for(let s of Xa){let c=e.numberAt(o.x+s,o.y+a);c<0||t[c]!==-1||e.cells[c]?.i[0]===n.i[0]&&(t[c]=r,i.push(c))}}}),t}function Qa(e,t,n,r){let i=[],a=r*t.grid;for(let o of $a(t,n,r)){let n=t.cells[o],r=n?.i[0];if(!n||r===void 0)continue;let s={cell:n,text:H(e,r),x:(n.x+.5)/t.grid,y:(n.y+1)/t.grid};i.some(e=>eo(s,e,a))||i.push(s)}return i}function $a(e,t,n){let r=Math.max(1,Math.round(qa/n)),i=t=>e.cells[t]?.v[0]??0,a=e.cells.reduce((e,{v:t})=>Math.max(e,t[0]??0),0),o=new Map;return e.cells.forEach(({x:e,y:n},s)=>{if(i(s)<Ka*a||a<=0)return;let c=`${t[s]} ${Math.floor(e/r)} ${Math.floor(n/r)}`,l=o.get(c);(l===void 0||i(s)>i(l))&&o.set(c,s)}),[...o.values()].sort((e,t)=>i(t)-i(e))}function eo(e,t,n){let r=Math.abs(e.x-t.x)*n,i=Math.abs(e.y-t.y)*n;return e.text===t.text?Math.hypot(r,i)<qa*.7:r<(e.text.length+t.text.length)*Ja/2&&i<Ya}var to=.35;function no(e,t,n,r){if(n.target===null)return null;let i=document.createElement(`canvas`),a=t.grid+2;i.width=i.height=a;let o=i.getContext(`2d`),s=o.createImageData(a,a);for(let e=0;e<a**2;e++)s.data.set([...r.ground,255],e*4);for(let i of t.cells){let t=(i.y+1)*a+i.x+1;s.data.set(ro(e,i,n,r),t*4)}return o.putImageData(s,0,0),i}function ro(e,t,n,r){let i=Ra(e,t,n),a=n.versus===null?0:to*i,o=La(e,t,n)>=0?r.target:r.versus,s=1-i*(1-a),c=e=>s>0?(r.ground[e]*(1-i)*(1-a)+o[e]*a)/s:0;return[c(0),c(1),c(2),255*s]}var io=.4,ao=.15,oo=class{atlas;canvas=document.createElement(`canvas`);shade=null;shadeKey=``;regions=new Map;labels=[];labelsKey=``;inks=co(document.documentElement);constructor(e){this.atlas=e,this.canvas.className=`atlas-overlay`,this.canvas.setAttribute(`aria-hidden`,`true`)}recolour(){this.inks=co(this.canvas.parentElement??document.documentElement),this.shadeKey=``}draw(e,t){let n=this.cleared(e);n.save(),n.translate(e.left,e.top),this.drawShade(n,e,t.filter),this.drawAllLocated(n,e,t.located),t.hasLabels&&this.drawLabels(n,e,t.filter),t.chosen&&this.drawMark(n,e,t.chosen,3),t.hovered&&this.drawMark(n,e,t.hovered,2),n.restore()}cleared({view:e}){let{canvas:t}=this,n=devicePixelRatio,[r,i]=[Math.round(e.width*n),Math.round(e.height*n)];(t.width!==r||t.height!==i)&&(t.width=r,t.height=i);let a=t.getContext(`2d`);return a.setTransform(n,0,0,n,0,0),a.clearRect(0,0,e.width,e.height),a}drawShade(e,{width:t,grid:n},r){let i=`${n.grid} ${JSON.stringify(r)}`;if(i!==this.shadeKey&&(this.shade=no(this.atlas,n,r,this.inks.palette),this.shadeKey=i),!this.shade)return;e.imageSmoothingEnabled=!1;let a=1*t/n.grid;e.drawImage(this.shade,-a,-a,t+2*a,t+2*a)}drawLabels(e,t,n){let{grid:r,width:i}=t,a=Math.round(2*Math.log2(i/r.grid)),o=`${r.grid} ${a}`;if(o!==this.labelsKey){let e=this.regions.get(r)??Za(r);this.regions.set(r,e),this.labels=Qa(this.atlas,r,e,2**(a/2)),this.labelsKey=o}e.font=`600 ${Math.max(12,Math.min(18,i/r.grid/4))}px system-ui, sans-serif`,e.textAlign=`center`,e.textBaseline=`bottom`,e.lineJoin=`round`,e.lineWidth=4,e.strokeStyle=this.inks.ground,e.fillStyle=this.inks.ink;for(let{cell:r,x:a,y:o,text:s}of this.labels)!so(t,a,o)||Ra(this.atlas,r,n)<ao||(e.strokeText(s,a*i,o*i),e.fillText(s,a*i,o*i))}drawMark(e,{width:t},n,r){let i=t/n.grid,[a,o]=[n.x*i,n.y*i];e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=r*2+2,e.strokeRect(a,o,i,i),e.strokeStyle=this.inks.ink,e.lineWidth=r,e.strokeRect(a,o,i,i)}drawAllLocated(e,t,n){let r=[...n.filter(({grid:e})=>e===t.grid.grid)].sort((e,t)=>e.weight-t.weight),i=r.at(-1)?.weight??1;for(let n of r)this.drawLocated(e,t,n,i)}drawLocated(e,{grid:t,width:n},{weight:r,...i},a){let o=n/t.grid,[s,c]=[i.x*o,i.y*o],l=1.5+r/a*4;if(e.lineJoin=`miter`,e.strokeStyle=this.inks.ground,e.lineWidth=l+3,e.strokeRect(s,c,o,o),e.strokeStyle=this.inks.mark,e.lineWidth=l,e.strokeRect(s,c,o,o),r<a*io)return;let u=`${Math.round(r*100)} %`;e.font=`650 12px system-ui, sans-serif`,e.textAlign=`left`,e.textBaseline=`middle`;let d=e.measureText(u).width+10;e.fillStyle=this.inks.mark,e.fillRect(s-l/2,c-l/2,d,19),e.fillStyle=this.inks.ground,e.fillText(u,s-l/2+5,c-l/2+10)}};function so({left:e,top:t,width:n,view:r},i,a){let[o,s]=[e+i*n,t+a*n];return o>-200&&s>-30&&o<r.width+200&&s<r.height+30}function co(e){let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim();return{palette:{ground:lo(n(`--sky`)),target:lo(n(`--one`)),versus:lo(n(`--other`))},ink:n(`--ink`),ground:n(`--card`),mark:n(`--found`)}}function lo(e){let t=document.createElement(`canvas`).getContext(`2d`);t.fillStyle=e,t.fillRect(0,0,1,1);let[n=0,r=0,i=0]=t.getImageData(0,0,1,1).data;return[n,r,i]}function uo(e,{levels:t,sprites:n,isSized:r}){let i=t.at(-1)?.side??1,a=new e.TileSource({width:i,height:i,tileSize:i,minLevel:0,maxLevel:t.length-1}),o=e=>t[e]??t[0],s=e=>{let{grid:t,side:n}=o(e);return n/t.grid*t.about.tile_cells},c=(e,t,n)=>({width:Math.round(s(e)*fo(o(e).grid,t)/l(e)),height:Math.round(s(e)*fo(o(e).grid,n)/l(e))}),l=e=>o(e).grid.about.tile_cells;return Object.assign(a,{getTileWidth:s,getTileHeight:s,getNumTiles:t=>{let n=Math.ceil(o(t).grid.grid/l(t));return new e.Point(n,n)},getPixelRatio:t=>new e.Point(1/o(t).side,1/o(t).side),getTileBounds:(t,n,r,i=!1)=>{let{width:a,height:s}=c(t,n,r);if(i)return new e.Rect(0,0,a,s);let{grid:u}=o(t).grid;return new e.Rect(n*l(t)/u,r*l(t)/u,fo(o(t).grid,n)/u,fo(o(t).grid,r)/u)},getTileUrl:(e,t,n)=>`${o(e).grid.about.tiles_path}/${n}_${t}.webp`,getTileHashKey:(e,t,n)=>`${e}/${n}_${t}${r?` sized`:``}`,hasTransparency:()=>!0,downloadTileStart:e=>{let{level:t,x:i,y:a}=e.tile,s={...c(t,i,a),isSized:r};n.draw(o(t).grid,a,i,s).then(t=>e.finish(t,null,`context2d`),t=>e.fail(String(t),null))},downloadTileAbort:()=>void 0})}var fo=({grid:e,about:t},n)=>Math.min(t.tile_cells,e-n*t.tile_cells),po=160,mo=class{id;kept=new Map;constructor(e){this.id=e}async draw(e,t,n,{width:r,height:i,isSized:a}){let o=document.createElement(`canvas`);o.width=r,o.height=i;let s=o.getContext(`2d`),c=ho(e,t,n);if(c.length===0)return s;let l=await createImageBitmap(await this.fetch(e,t,n)),{icon_size:u,tile_cells:d}=e.about,ee=r*u/l.width,te=i*u/l.height;s.imageSmoothingQuality=`high`;for(let t of c){let n=e.cells[t],[r,i]=[n.x%d,n.y%d],o=a?e.sides[t]??1:1,[c,f]=[ee*o,te*o],ne=r*ee+(ee-c)/2,re=i*te+(te-f)/2;s.drawImage(l,r*u,i*u,u,u,ne,re,c,f)}return l.close(),s}async drawIcon(e,{x:t,y:n},r,i){let{icon_size:a,tile_cells:o}=e.about,s=await this.fetch(e,Math.floor(n/o),Math.floor(t/o)),c=t%o*a,l=await createImageBitmap(s,c,n%o*a,a,a);i()&&(r.width=r.height=a,r.getContext(`2d`)?.drawImage(l,0,0)),l.close()}fetch({about:e},t,n){let r=`${e.tiles_path}/${t}_${n}.webp`,i=this.kept.get(r)??ot(z(this.id,r));this.kept.delete(r),this.kept.set(r,i),i.catch(()=>this.kept.delete(r));let[a]=this.kept.keys();return this.kept.size>po&&a!==void 0&&this.kept.delete(a),i}};function ho(e,t,n){let r=e.about.tile_cells;return Array.from({length:r*r},(i,a)=>e.numberAt(n*r+a%r,t*r+Math.floor(a/r))).filter(e=>e>=0)}var go=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),_o=function(e,t){return new URL(e,t).href},vo={},yo=function(e){return e.pathname.endsWith(`.css`)},bo=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},xo=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=_o(t,n);let r=s(t),i=yo(r);return bo(vo,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:go,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},So={x:.5,y:.5,zoom:1},Co=4,wo=1/6,To=1.6,Eo=1.15,Do=class e{library;told;sprites;levels;overlay;viewer;dark=matchMedia(`(prefers-color-scheme: dark)`);shown;static async open(t,n,{camera:r,shown:i,told:a}){let{default:o}=await xo(async()=>{let{default:e}=await import(`./openseadragon-TbGc3d8v.js`).then(e=>c(e.default,1));return{default:e}},[],import.meta.url);return new e(o,t,n,r,i,a)}constructor(e,t,n,r,i,a){this.library=e,this.told=a,this.shown=i,this.sprites=new mo(n.id),this.levels=Ua(n.grids),this.overlay=new oo(n),Ao(),this.viewer=e({...ko(e),element:t}),this.viewer.canvas.append(this.overlay.canvas),this.viewer.canvas.tabIndex=-1,this.viewer.navigator.element.setAttribute(`aria-hidden`,`true`),this.overlay.recolour(),this.listen(),this.openSource(r)}destroy(){this.dark.removeEventListener(`change`,this.recolour),this.viewer.destroy()}show(e){let t=this.shown.isSized!==e.isSized;this.shown=e,t&&this.openSource(this.camera()),this.draw()}camera(){let{viewport:e}=this.viewer,{x:t,y:n}=e.getCenter(!1);return{x:t,y:n,zoom:e.getZoom(!1)/e.getHomeZoom()}}moveTo({x:e,y:t,zoom:n},r=!1){let{viewport:i}=this.viewer;i.zoomTo(n*i.getHomeZoom(),void 0,r),i.panTo(new this.library.Point(e,t),r),i.applyConstraints(r)}zoomIn(){this.viewer.viewport.zoomBy(To).applyConstraints()}zoomOut(){this.viewer.viewport.zoomBy(1/To).applyConstraints()}goHome(){this.viewer.viewport.goHome()}flyTo({grid:e,x:t,y:n}){let r=Math.max(1,e*wo,this.camera().zoom),i=Ga(this.levels,this.width(r)),a=this.levels.find(t=>t.grid.grid===e)?.side??0,o=i.grid===e?r:a*Ha/this.width(1);this.moveTo({x:(t+.5)/e,y:(n+.5)/e,zoom:o})}reveal({grid:e,x:t,y:n}){let r=this.viewer.viewport.getBounds(!1),[i,a,o]=[t/e,n/e,1/e];i>=r.x&&a>=r.y&&i+o<=r.x+r.width&&a+o<=r.y+r.height||this.viewer.viewport.panTo(new this.library.Point(i+o/2,a+o/2)).applyConstraints()}grid(){return Ga(this.levels,this.width(this.camera().zoom))}async toggleFullScreen(){let e=this.viewer.element.parentElement;document.fullscreenElement?await document.exitFullscreen():await e?.requestFullscreen()}width(e){let{viewport:t}=this.viewer;return e*t.getHomeZoom()*t.getContainerSize().x}openSource(e){let{isSized:t}=this.shown,n=uo(this.library,{levels:this.levels,sprites:this.sprites,isSized:t});this.viewer.addOnceHandler(`open`,()=>{this.moveTo(e,!0),this.tellMoved()}),this.viewer.open({tileSource:n})}listen(){let{viewer:e}=this;this.dark.addEventListener(`change`,this.recolour),e.addHandler(`update-viewport`,()=>this.draw()),e.addHandler(`fully-loaded-change`,({fullyLoaded:t})=>e.element.setAttribute(`aria-busy`,String(!t))),e.addHandler(`animation-finish`,()=>this.tellMoved()),e.addHandler(`canvas-click`,e=>{e.quick&&(e.preventDefaultAction=!0,this.told.chosen(this.placeAt(e.position)))});let{canvas:t}=e;t.addEventListener(`pointermove`,e=>{if(e.pointerType!==`mouse`||e.buttons!==0)return;let{left:n,top:r}=t.getBoundingClientRect(),i=new this.library.Point(e.clientX-n,e.clientY-r);this.told.hovered(this.placeAt(i))}),t.addEventListener(`pointerleave`,()=>this.told.hovered(null))}recolour=()=>{this.overlay.recolour(),this.draw()};tellMoved(){if(!this.viewer.isOpen())return;let e=this.camera();this.viewer.navigator.element.classList.toggle(`is-idle`,e.zoom<Eo),this.told.moved(e,this.grid())}placeAt(e){if(!this.viewer.isOpen())return null;let{grid:t}=this.frame(),{grid:n}=t,{x:r,y:i}=this.viewer.viewport.pointFromPixel(e,!0),a={grid:n,x:Math.floor(r*n),y:Math.floor(i*n)};return t.at(a.x,a.y)?a:null}frame(){let{viewport:e}=this.viewer,t=e.pixelFromPoint(new this.library.Point(0,0),!0),{x:n,y:r}=e.getContainerSize(),i=e.getZoom(!0)*n,a=Ga(this.levels,i);return{left:t.x,top:t.y,width:i,grid:a,view:{width:n,height:r}}}draw(){if(!this.viewer.isOpen())return;let e=this.frame();this.overlay.draw(e,this.shown),this.told.framed(e)}},Oo=()=>matchMedia(`(prefers-reduced-motion: reduce)`).matches,ko=e=>({drawer:`canvas`,animationTime:Oo()?0:.6,springStiffness:8,visibilityRatio:.6,minZoomImageRatio:.8,maxZoomPixelRatio:Co,minPixelRatio:Ha,zoomPerScroll:1.25,imageLoaderLimit:6,maxImageCacheCount:128,immediateRender:!0,gestureSettingsMouse:{clickToZoom:!1,dblClickToZoom:!0},keyboardNavEnabled:!1,showNavigationControl:!1,showNavigator:!0,navigatorPosition:`BOTTOM_RIGHT`,navigatorSizeRatio:.18,navigatorMaintainSizeRatio:!0,navigatorAutoFade:!1,subPixelRoundingForTransparency:{"*":e.SUBPIXEL_ROUNDING_OCCURRENCES.ALWAYS}});function Ao(){let e=`data-openseadragon-mobile-css`;if(document.querySelector(`style[${e}]`))return;let t=document.createElementNS(null,`style`);t.setAttribute(e,``),document.head.append(t)}var jo=()=>({filter:Pa,hasLabels:!0,isSized:!0,camera:So,grid:0,hovered:null,chosen:null,located:null,soughtPicture:``,seeking:null,seekRefusal:null,listed:20}),G={id:``,atlas:null,followed:null,refusal:null,viewer:null,...jo()},Mo=e=>zi(e,G.grid);function No(e,t){if(!t)return null;let n=zi(e,t.grid),r=n.grid===t.grid?n.at(t.x,t.y):void 0;return r?{cell:r,grid:n}:null}var Po=({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:a})=>({filter:e,hasLabels:t,isSized:n,hovered:r,chosen:i,located:(a??[]).map(({grid:e,row:t,column:n,weight:r})=>({grid:e,x:n,y:t,weight:r}))});function Fo(e,t,n){let r=new URLSearchParams,{camera:i,filter:a,chosen:o}=t;return Io(i)||(r.set(`at`,[i.x,i.y].map(e=>e.toFixed(4)).join(`,`)),r.set(`zoom`,i.zoom.toFixed(3))),a.target!==null&&r.set(`class`,Lo(e,a.target)),a.versus!==null&&r.set(`versus`,Lo(e,a.versus)),a.isAgainst&&r.set(`against`,`1`),a.intensity!==1&&r.set(`intensity`,String(a.intensity)),t.hasLabels||r.set(`labels`,`0`),t.isSized||r.set(`sized`,`0`),o&&r.set(`cell`,`${o.grid},${o.x},${o.y}`),t.soughtPicture&&r.set(`picture`,n?.sample??`own`),r}var Io=({x:e,y:t,zoom:n})=>Math.abs(e-So.x)<.001&&Math.abs(t-So.y)<.001&&Math.abs(n-1)<.001;function Lo(e,t){let n=H(e,t);return e.document.classes.indexOf(n)===t&&Number.isNaN(Number(n))?n:String(t)}function Ro(e,t){let n=Number(t.get(`zoom`)),[r,i]=Vo(t.get(`at`));return{...jo(),camera:r!==void 0&&i!==void 0&&n>0?{x:r,y:i,zoom:n}:So,filter:zo(e,t),hasLabels:t.get(`labels`)!==`0`,isSized:t.get(`sized`)!==`0`,chosen:Ho(t.get(`cell`))}}function zo(e,t){let n=Bo(e,t.get(`class`));if(n===null)return Pa;let r=Bo(e,t.get(`versus`)),i=Number(t.get(`intensity`)??1)||1;return{target:n,versus:r===n?null:r,isAgainst:t.get(`against`)===`1`,intensity:Math.min(4,Math.max(Fa,i))}}function Bo({document:e},t){if(t===null||t===``)return null;let n=e.classes.indexOf(t),r=n>=0?n:Number(t);return e.filter_classes.includes(r)?r:null}var Vo=e=>(e??``).split(`,`).map(Number).filter(Number.isFinite);function Ho(e){let[t,n,r]=Vo(e);return e&&t!==void 0&&n!==void 0&&r!==void 0?{grid:t,x:n,y:r}:null}var Uo=(e,t)=>{let n=e._$AN;if(n===void 0)return!1;for(let e of n)e._$AO?.(t,!1),Uo(e,t);return!0},Wo=e=>{let t,n;do{if((t=e._$AM)===void 0)break;n=t._$AN,n.delete(e),e=t}while(n?.size===0)},Go=e=>{for(let t;t=e._$AM;e=t){let n=t._$AN;if(n===void 0)t._$AN=n=new Set;else if(n.has(e))break;n.add(e),Jo(t)}};function Ko(e){this._$AN===void 0?this._$AM=e:(Wo(this),this._$AM=e,Go(this))}function qo(e,t=!1,n=0){let r=this._$AH,i=this._$AN;if(i!==void 0&&i.size!==0){if(t){if(Array.isArray(r))for(let e=n;e<r.length;e++)Uo(r[e],!1),Wo(r[e]);else r!=null&&(Uo(r,!1),Wo(r))}else Uo(this,e)}}var Jo=e=>{e.type==b.CHILD&&(e._$AP??=qo,e._$AQ??=Ko)},Yo=class extends Me{constructor(){super(...arguments),this._$AN=void 0}_$AT(e,t,n){super._$AT(e,t,n),Go(this),this.isConnected=e._$AU}_$AO(e,t=!0){e!==this.isConnected&&(this.isConnected=e,e?this.reconnected?.():this.disconnected?.()),t&&(Uo(this,e),Wo(this))}setValue(e){if(Pe(this._$Ct))this._$Ct._$AI(e,this);else{let t=[...this._$Ct._$AH];t[this._$Ci]=e,this._$Ct._$AI(t,this,0)}}disconnected(){}reconnected(){}},Xo=new WeakMap,Zo=je(class extends Yo{render(e){return _}update(e,[t]){let n=t!==this.G;return n&&this.rt(void 0),(n||this.lt!==this.ct)&&(this.G=t,this.ht=e.options?.host,this.rt(this.ct=e.element)),_}rt(e){if(this.G!==void 0){if(this.isConnected||(e=void 0),typeof this.G==`function`){let t=this.ht??globalThis,n=Xo.get(t);n===void 0&&(n=new WeakMap,Xo.set(t,n)),n.get(this.G)!==void 0&&this.G.call(this.ht,void 0),n.set(this.G,e),e!==void 0&&this.G.call(this.ht,e)}else this.G.value=e}}get lt(){return typeof this.G==`function`?Xo.get(this.ht??globalThis)?.get(this.G):this.G?.value}disconnected(){this.lt===this.ct&&this.rt(void 0)}reconnected(){this.rt(this.ct)}}),Qo=3,$o=(e,t,n)=>h`<div class="cell-head">
      <canvas
        class="icon"
        width="96"
        height="96"
        aria-hidden="true"
        ${Zo(e=>void as(e,t,n))}
      ></canvas>
      <p>
        <strong>${M(t.n)} ${Bi(e)}</strong>
        <span class="quiet">${es(t,n)}</span>
        ${ts(t)}
      </p>
    </div>
    <ol class="adds">
      ${ns(e,t).map(([t,n])=>rs(e,t,n))}
    </ol>
    ${is(e,t)}`,es=({x:e,y:t},{grid:n})=>`row ${t+1}, column ${e+1} of ${n}`;function ts({images:e}){return!e||e.length===0?_:h`<span class="quiet names">${e.slice(0,Qo).join(`, `)}</span>`}function ns(e,t){let n=t.i.map((e,n)=>[e,t.v[n]??0]),r=[G.filter.target,G.filter.versus].filter(e=>e!==null&&!t.i.includes(e));return[...n,...r.map(n=>[n,Ia(e,t,n)])]}var rs=(e,t,n)=>{let r=Math.min(1,Math.abs(n)/(e.document.full_influence||1));return h`<li class=${t===G.filter.target||t===G.filter.versus?`is-asked`:``}>
    <span class="label">${H(e,t)}</span>
    <span class="number">${n>0?`+`:``}${j(n)}</span>
    <meter
      class=${n<0?`is-against`:``}
      min="0"
      max="1"
      .value=${r}
      aria-hidden="true"
    ></meter>
  </li>`};function is(e,t){let{target:n,versus:r}=G.filter;if(n===null||r===null)return _;let i=La(e,t,G.filter),[a,o]=i>=0?[n,r]:[r,n];return h`<p class="quiet">
    Speaks for “${H(e,a)}” rather than “${H(e,o)}” by
    ${j(Math.abs(i))}
  </p>`}async function as(e,t,n){let r=`${n.grid} ${t.x} ${t.y}`;if(e&&G.viewer&&e.dataset.cell!==r){e.dataset.cell=r;try{await G.viewer.sprites.drawIcon(n,t,e,()=>e.dataset.cell===r)}catch{delete e.dataset.cell}}}function os(e,t,n){let r=t.i.slice(0,3).map((n,r)=>`${H(e,n)} ${j(t.v[r]??0)}`);return`${es(t,n)}: ${M(t.n)} ${Bi(e)}. Speaks for ${r.join(`, `)}.`}var ss=null;function cs(e,t,n){return(ss?.grid!==t||ss.filter!==n)&&(ss={grid:t,filter:n,cells:za(e,t,n)}),ss.cells}function ls(e,t,n){let r=Mo(e),i=cs(e,r,t.filter),a=t.filter.target!==null;return h`<details class="card cells">
    <summary>The ${M(i.length)} cells as a table</summary>
    <p class="quiet" id="cells-title">
      ${Ba(e,t.filter)}, of the grid of ${r.grid} × ${r.grid} that is seen;
      ${a?`what says most first`:`the fullest first`}.
    </p>
    <div class="scrolled" tabindex="0" role="region" aria-labelledby="cells-title">
      <table>
        <thead>
          <tr>
            <th scope="col">Cell</th>
            <th scope="col">${N(Bi(e))}</th>
            ${a?h`<th scope="col">${us(e,t)}</th>`:_}
            <th scope="col">Speaks most for</th>
          </tr>
        </thead>
        <tbody>
          ${i.slice(0,t.listed).map(i=>h`<tr>
                <th scope="row">
                  <button
                    class="plain"
                    type="button"
                    @click=${()=>n.flyTo({grid:r.grid,x:i.x,y:i.y})}
                  >
                    ${es(i,r)}
                  </button>
                </th>
                <td>${M(i.n)}</td>
                ${a?h`<td>${j(La(e,i,t.filter))}</td>`:_}
                <td>${ds(e,i)}</td>
              </tr>`)}
        </tbody>
      </table>
    </div>
    ${i.length>t.listed?h`<button class="plain" type="button" @click=${n.listMore}>
            ${20} more
          </button>`:_}
  </details>`}function us(e,{filter:{target:t,versus:n}}){let r=H(e,t??0);return n===null?`For “${r}”`:`“${r}” less “${H(e,n)}”`}var ds=(e,{i:t,v:n})=>t.slice(0,3).map((t,r)=>`${H(e,t)} ${j(n[r]??0)}`).join(`, `),fs=(e,{filter:t,hasLabels:n,isSized:r},i)=>h`<section class="card choices" aria-labelledby="filter-title">
    <h2 id="filter-title">What to show</h2>
    ${e.document.filter_classes.length>0?ms(e,t,i):h`<p class="quiet">This atlas has no classes to filter by.</p>`}
    ${t.target===null?_:ys(t,i)}
    <label class="switch">
      <input
        id="labels"
        type="checkbox"
        .checked=${n}
        @change=${e=>i.turn(`hasLabels`,ps(e))}
      />
      Names of classes
    </label>
    <label class="switch">
      <input
        id="sized"
        type="checkbox"
        .checked=${r}
        @change=${e=>i.turn(`isSized`,ps(e))}
      />
      Smaller icons where little lies
    </label>
  </section>`,ps=e=>e.target.checked;function ms(e,t,n){let{target:r,versus:i,isAgainst:a}=t;return h`${P({id:`class`,label:`Class`,value:r===null?``:String(r),choices:[{value:``,text:`all classes`},..._s(e,null)],change:e=>n.filter({target:hs(e),...gs(e,i)})})}
  ${r===null?_:h`${P({id:`versus`,label:`Rather than`,value:i===null?``:String(i),choices:[{value:``,text:`nothing in particular`},..._s(e,r)],change:e=>n.filter({versus:hs(e)})})}
        ${i===null?P({id:`sign`,label:`Show what speaks`,value:a?`against`:`for`,choices:[{value:`for`,text:`for “${H(e,r)}”`},{value:`against`,text:`against “${H(e,r)}”`}],change:e=>n.filter({isAgainst:e===`against`})}):vs(e,r,i)}`}`}var hs=e=>e===``?null:Number(e),gs=(e,t)=>e===``||Number(e)===t?{versus:null}:{},_s=(e,t)=>e.document.filter_classes.filter(e=>e!==t).map(t=>({value:String(t),text:H(e,t)})).sort((e,t)=>e.text.localeCompare(t.text)),vs=(e,t,n)=>h`<p class="legend">
    <span class="swatch is-one"></span> ${H(e,t)}
    <span class="swatch is-other"></span> ${H(e,n)}
  </p>`,ys=(e,t)=>h`<div class="field">
    <label for="intensity">Intensity</label>
    <div class="opacity">
      <input
        id="intensity"
        type="range"
        min=${Math.log2(Fa)}
        max=${Math.log2(4)}
        step="0.25"
        .value=${String(Math.log2(e.intensity))}
        @input=${e=>{let n=Number(e.target.value);t.filter({intensity:Number((2**n).toFixed(3))})}}
      />
      <output for="intensity">× ${Number(e.intensity.toFixed(2))}</output>
    </div>
  </div>`,bs=6;function xs(e,t,n,r){if(e.document.landmarks_path===null)return h`<section class="card" aria-labelledby="seek-title">
      <h2 id="seek-title">Where is my picture?</h2>
      <p class="quiet">Pictures cannot be located on this atlas.</p>
    </section>`;let i=n!==null&&n.address===t.soughtPicture;return h`<section class="card seek" aria-labelledby="seek-title">
    <h2 id="seek-title">Where is my picture?</h2>
    ${i?Cs(e,t,n,r):Ss(n,r)}
    ${F(t.seekRefusal,r.seek)}
    <input
      class="hidden-input"
      id="file"
      type="file"
      accept="image/*"
      aria-label="Choose a picture to find on the atlas"
      @change=${e=>{let t=e.target;r.take(t.files?.[0]),t.value=``}}
    />
    <div class="samples is-small is-left" role="group" aria-label="Pictures to find">
      <label class="button plain" for="file">Choose a picture</label>
      ${or(i?n.sample:null,r)}
    </div>
  </section>`}var Ss=(e,{seek:t})=>h`<p class="quiet">
      Drop or paste one, and the cells are marked in which its parts would lie.
    </p>
    ${e?h`<button class="plain" id="seek" type="button" @click=${t}>
            Find the picture of the Explain view
          </button>`:_}`;function Cs(e,{located:t,seeking:n,grid:r},i,{forget:a,flyTo:o}){let s=(t??[]).filter(e=>e.grid===r).sort((e,t)=>t.weight-e.weight);return h`<div class="sought">
    <img src=${i.address} alt="The picture that is looked for" width="72" height="72" />
    <div>
      <p role="status" id="found">${Ts(s,n!==null,t!==null)}</p>
      <button class="plain" type="button" @click=${a}>Take the marks away</button>
    </div>
  </div>
  <ul class="found-list">
    ${s.slice(0,bs).map(({row:t,column:n,weight:i})=>h`<li>
          <button
            class="plain"
            type="button"
            @click=${()=>o({grid:r,x:n,y:t})}
          >
            row ${t+1}, column ${n+1}
          </button>
          <span class="quiet">${Pt(i)}${ws(e,r,t,n)}</span>
        </li>`)}
  </ul>`}function ws({grids:e,document:t},n,r,i){let a=e.find(e=>e.grid===n)?.at(i,r),o=t.classes[a?.i[0]??-1];return o===void 0?``:` · ${o}`}function Ts(e,t,n){if(t)return`Looking …`;if(!n)return``;let r=e.reduce((e,{weight:t})=>e+t,0);if(e.length===0)return`It falls where this atlas shows nothing.`;let i=e.length===1?`one cell`:`${e.length} cells`;return`${Pt(r)} of it falls in ${i}.`}var Es={ArrowLeft:[-1,0],ArrowRight:[1,0],ArrowUp:[0,-1],ArrowDown:[0,1]};function Ds(e,t,n,r){if(!t)return ks(e,n.x*e.grid,n.y*e.grid);let i=e.grid/t.grid,[a,o]=[Math.floor((t.x+.5)*i),Math.floor((t.y+.5)*i)];for(let t=1;t<e.grid;t++){let n={grid:e.grid,x:a+r[0]*t,y:o+r[1]*t};if(e.at(n.x,n.y))return n}return Os(e,a,o,r)??(e.at(a,o)?{grid:e.grid,x:a,y:o}:null)}function Os(e,t,n,[r,i]){let[a]=e.cells.filter(e=>(e.x-t)*r+(e.y-n)*i>0).sort((e,r)=>Math.hypot(e.x-t,e.y-n)-Math.hypot(r.x-t,r.y-n));return a?{grid:e.grid,x:a.x,y:a.y}:null}function ks(e,t,n){let r=e=>Math.hypot(e.x+.5-t,e.y+.5-n),[i,...a]=e.cells;if(!i)return null;let o=a.reduce((e,t)=>r(t)<r(e)?t:e,i);return{grid:e.grid,x:o.x,y:o.y}}function As(e,{hovered:t,chosen:n,refusal:r},i){let a=No(e,t)??No(e,n),o=No(e,n);return h`<section class="card atlas-card" aria-label="The atlas">
    <div
      class="atlas-stage"
      id="stage"
      tabindex="0"
      role="application"
      aria-label="Atlas of ${e.document.layer}. Arrow keys go from cell to cell, plus and minus zoom, zero shows the whole."
      @keydown=${e=>Ws(e,i)}
    >
      <div class="deep-zoom" ${Zo(Ls(e,i))}></div>
      ${Ns(e)}
      <div class="atlas-buttons">
        ${Ms(`zoom-in`,`Zoom in`,`M4 10h12M10 4v12`,()=>G.viewer?.zoomIn())}
        ${Ms(`zoom-out`,`Zoom out`,`M4 10h12`,()=>G.viewer?.zoomOut())}
        ${Ms(`whole`,`Show the whole`,`M3 10l7-6.5L17 10M5 9v8h10V9`,()=>G.viewer?.goHome())}
        ${Ms(`full-screen`,`Full screen, or back`,`M3 8V3h5M12 3h5v5M17 12v5h-5M8 17H3v-5`,()=>void G.viewer?.toggleFullScreen())}
      </div>
      <div class="cell-card" id="cell-card" ?hidden=${!a} ${Zo(Ps)}>
        ${a?$o(e,a.cell,a.grid):_}
      </div>
    </div>
    <p class="atlas-caption">
      <span id="shown">${js(e)}</span>
    </p>
    <p class="unseen" id="spoken" role="status">
      ${o?os(e,o.cell,o.grid):``}
    </p>
    ${F(r)}
  </section>`}function js(e){let{grid:t,cells:n}=Mo(e);return`${Ba(e,G.filter)} · ${n.length} cells of a grid of ${t} × ${t}`}var Ms=(e,t,n,r)=>h`<button class="icon" id=${e} type="button" title=${t} aria-label=${t} @click=${r}>
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true"><path d=${n} /></svg>
  </button>`;function Ns(e){let{class_filter:t,versus:n}=e.document;return t==null||n==null?_:h`<p class="ends" aria-hidden="true">
    <span>← ${H(e,t)}</span><span>${H(e,n)} →</span>
  </p>`}var K=null,Ps=e=>{K=e??null},Fs=null,Is=null;function Ls(e,t){if(Fs&&Is===e)return Fs;Is=e;let n=null,r=r=>{r?(n=Rs(e,r,t),n.then(e=>zs(e,r),Bs)):(G.viewer=null,n?.then(e=>e.destroy(),Bs),n=null)};return Fs=r,r}var Rs=(e,t,n)=>Do.open(t,e,{camera:G.camera,shown:Po(G),told:{moved:(e,t)=>{Object.assign(G,{camera:e,grid:t.grid}),n.moved()},hovered:e=>{Vs(e,G.hovered)||n.hover(e)},chosen:n.choose,framed:Us}});function zs(e,t){t.isConnected&&(G.viewer=e,e.show(Po(G)),E())}function Bs(){G.refusal=new S({title:`The atlas cannot be drawn`,detail:`A part of the page could not be loaded. Load the page anew.`,code:`viewer_missing`}),E()}var Vs=(e,t)=>e?.grid===t?.grid&&e?.x===t?.x&&e?.y===t?.y,Hs=14;function Us(e){let t=G.hovered??G.chosen,n=K?.parentElement;if(!K||!n||!t||K.hidden)return;let r=e.width/t.grid,i=e.left+t.x*r,a=i+r+Hs,{offsetWidth:o,offsetHeight:s}=K,c=a+o<=n.clientWidth?a:Math.max(0,i-Hs-o),l=e.top+(t.y+.5)*r-s/2,u=Math.max(8,Math.min(n.clientHeight-s-8,l));K.style.setProperty(`--across`,`${Math.round(c)}px`),K.style.setProperty(`--down`,`${Math.round(u)}px`)}function Ws(e,t){let{viewer:n}=G,r=e.target.closest(`button`)!==null;if(!n||r||e.ctrlKey||e.metaKey)return;let i=Es[e.key];if(i){let e=Ds(n.grid(),G.chosen,n.camera(),i);e&&n.reveal(e),t.choose(e)}else if(e.key===`+`||e.key===`=`)n.zoomIn();else if(e.key===`-`)n.zoomOut();else if(e.key===`0`||e.key===`Home`)n.goHome();else if(e.key===`Enter`&&G.chosen)n.flyTo(G.chosen);else if(e.key===`Escape`)t.choose(null);else return;e.preventDefault()}var q=!1;async function Gs(e,t){q=!0;let[n=``]=e;n!==G.id&&Ks(n),n===``?await ba():(Sa(),G.atlas?Js(t):await qs(n,t))}function Ks(e){G.followed?.letGo(),G.seeking?.abort(),Object.assign(G,{id:e,atlas:null,followed:null,refusal:null})}async function qs(e,t){Qi();try{let n=await Ui(e);if(G.id!==e)return;G.followed?.letGo(),Object.assign(G,{atlas:n,refusal:null,followed:null}),Js(t)}catch(n){let r=T(n);if(G.id!==e)return;r.code===`atlas_not_found`?G.followed||=new fi(e,()=>void qs(e,t)):G.refusal=r}E()}function Js(e){G.atlas&&(G.seeking?.abort(),Object.assign(G,Ro(G.atlas,e),{grid:G.viewer?.grid().grid??G.atlas.grids[0]?.grid??0}),G.viewer?.moveTo(G.camera),J(),Ys(e.get(`picture`)))}async function Ys(e){if(e!==null){if(e!==`own`)await Tr(e,!0);else if(I.picture?.sample!==null){let e=gt();e&&(I.picture=e)}await Qs()}}function Xs(){q=!1,Sa(),G.seeking?.abort(),Ks(``)}function J(){G.viewer?.show(Po(G)),Zs(),E()}function Zs(){if(!q||!G.atlas)return;let e=Fo(G.atlas,G,I.picture);Nt(k(`atlas`,[G.id],e))}async function Qs(){let{picture:e}=I;if(!q||!G.atlas||!e||G.atlas.document.landmarks_path===null)return;G.seeking?.abort();let t=new AbortController;Object.assign(G,{seeking:t,located:null,seekRefusal:null}),G.soughtPicture=e.address,J();try{G.located=await Gi(G.id,e,t.signal)}catch(e){if(w(e))return;G.seekRefusal=T(e)}G.seeking=null,J()}function $s(){G.seeking?.abort(),Object.assign(G,{located:null,soughtPicture:``,seeking:null,seekRefusal:null}),J()}function ec(e){G.chosen=e,G.viewer?.flyTo(e),J()}var tc={choose:e=>{G.chosen=e,J()},hover:e=>{G.hovered=e,G.viewer?.show(Po(G)),E()},moved:()=>{Zs(),E()}},nc={filter:e=>{G.filter={...G.filter,...e},G.listed=20,J()},turn:(e,t)=>{G[e]=t,J()}},rc={take:e=>void wr(e),takeSample:e=>void Tr(e),seek:()=>void Qs(),forget:$s,flyTo:ec},ic={flyTo:ec,listMore:()=>{G.listed+=20,E()}};function ac(){if(G.id===``)return wa();let{atlas:e,followed:t,refusal:n}=G;return h`<p class="way-back"><a href="#/atlas">← All atlases</a></p>
    ${F(n,()=>void qs(G.id,new URLSearchParams))}
    ${e?h`<div class="atlas">
            ${Le(e.id,As(e,G,tc))}
            <div class="side">
              ${fs(e,G,nc)}
              ${xs(e,G,I.picture,rc)} ${Ma(e)}
            </div>
            <div class="below">${ls(e,G,ic)}</div>
          </div>`:t?wi(t):n?_:h`<p class="quiet">Looking …</p>`}`}Sr(()=>{q&&G.atlas&&Qs()});function oc(){q&&G.id===``?ba():q&&Qi()}var sc=()=>q&&G.atlas!==null,cc={title:`Atlas`,enter:(e,t)=>void Gs(e,t),leave:Xs,template:ac},Y={datasets:[],isLoaded:!1,refusal:null,sending:null,added:null,doomed:null};async function lc(){try{let{body:e}=await C(`datasets`);Object.assign(Y,{datasets:e.datasets,isLoaded:!0,refusal:null})}catch(e){Y.refusal=T(e)}E()}async function uc(e){let t=e.files?.[0];if(e.value=``,!t)return;let n={name:t.name,part:0,abort:new AbortController};Object.assign(Y,{sending:n,added:null,refusal:null}),E();let r=new FormData;r.append(`archive`,t,t.name);try{Y.added=await rt(`datasets`,r,{sent:e=>{n.part=e,E()},signal:n.abort.signal}),Y.sending=null,await lc()}catch(e){Y.sending=null,w(e)||(Y.refusal=T(e))}E()}async function dc(e){Y.doomed=null;try{await C(`datasets/${encodeURIComponent(e)}`,{method:`DELETE`}),Y.added?.id===e&&(Y.added=null),await lc()}catch(e){Y.refusal=T(e),E()}}var fc=()=>h`<section class="card datasets" aria-labelledby="datasets-title">
    <div class="card-head">
      <h2 id="datasets-title">Datasets</h2>
      <div>
        <input
          class="hidden-input"
          id="archive"
          type="file"
          accept=".zip,.tar,.gz,.tgz"
          aria-label="Add an archive of images"
          ?disabled=${Y.sending!==null}
          @change=${e=>void uc(e.target)}
        />
        <label class="button" for="archive">Add an archive</label>
      </div>
    </div>
    <p class="quiet">
      A zip, tar or tar.gz file of images; its folders are the classes. Jobs work on datasets.
    </p>
    ${Y.sending?pc(Y.sending):_}
    ${F(Y.refusal,()=>void lc())}
    ${Y.added?mc(Y.added):_}
    ${Y.datasets.length>0?hc():Y.isLoaded?vc():_}
  </section>`,pc=({name:e,part:t,abort:n})=>h`<div class="sending">
    <span role="status"
      >${t<1?`Sending ${e}`:`${e} has arrived; its images are looked at …`}</span
    >
    <div class="standing">
      <progress max="1" .value=${t} aria-label="Sent of ${e}"></progress>
      <span class="percent">${Math.floor(t*100)} %</span>
    </div>
    <button class="plain is-alarm" type="button" @click=${()=>n.abort()}>Give up</button>
  </div>`;function mc({name:e,images:t,skipped:n,skipped_files:r}){let i=n===0?``:`; ${M(n)} files were left out`;return h`${Dn(`${e} is there`,`${M(t)} images${i}`)}
  ${n>0?h`<details>
        <summary>Files left out</summary>
        <ul class="skipped">
          ${r.map(({path:e,reason:t})=>h`<li>${e}: ${t}</li>`)}
        </ul>
      </details>`:_}`}var hc=()=>h`<div class="scrolled" tabindex="0" role="region" aria-labelledby="datasets-title">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Images</th>
          <th scope="col">Classes</th>
          <th scope="col">Size</th>
          <th scope="col">Added</th>
          <th scope="col"><span class="unseen">Delete</span></th>
        </tr>
      </thead>
      <tbody>
        ${Y.datasets.map(gc)}
      </tbody>
    </table>
  </div>`,gc=e=>h`<tr>
    <th scope="row">${e.name}</th>
    <td>${M(e.images)}</td>
    <td title=${e.classes.join(`, `)}>${e.classes.length||`none`}</td>
    <td>${Lt(e.bytes)}</td>
    <td>${A(e.created_at)}</td>
    <td>
      ${Y.doomed===e.id?h`<div class="buttons">
            <button class="plain is-alarm" type="button" @click=${()=>void dc(e.id)}>
              Delete for good
            </button>
            <button class="plain" type="button" @click=${()=>_c(null)}>Keep</button>
          </div>`:h`<button
            class="plain"
            type="button"
            aria-label="Delete ${e.name}"
            @click=${()=>_c(e.id)}
          >
            Delete
          </button>`}
    </td>
  </tr>`;function _c(e){Y.doomed=e,E()}var vc=()=>h`<div class="teaching">
    <p>
      There is none yet. Send an archive such as <code>pets.zip</code> with the folders
      <code>cat</code> and <code>dog</code>; what is no image is left out and listed.
    </p>
  </div>`,yc={title:`Datasets`,enter:()=>void lc(),leave:()=>void 0,template:fc};function bc(e,t){let n=e.filter(({id:e,status:n})=>e!==t&&(n===`succeeded`||B.has(n)));return n.length===0?_:h`<section class="card" aria-labelledby="earlier-title">
    <h2 id="earlier-title">Earlier ones</h2>
    <ul class="earlier">
      ${n.map(e=>h`<li>
            <a href=${k(`features`,[e.id])}>
              ${e.status===`succeeded`?h`<img src=${_i(z(e.id,`grid.png`))} alt="" loading="lazy" />`:h`<span class="no-picture" aria-hidden="true">…</span>`}
              <span>${xc(e)}</span>
              <span class="quiet">${A(e.created_at)}</span>
              ${e.status===`succeeded`?_:Si(e)}
            </a>
          </li>`)}
    </ul>
  </section>`}function xc({params:e}){let[t,n]=[e.objective,e.layer??`the last map`];return t===`logit`?`Classes ${String(e.classes)}`:t===`layer`?`Layer ${String(n)}`:`Channels ${String(e.channels).replaceAll(/,\s*/g,`, `)} of ${String(n)}`}function Sc(e,{most:t,isOff:n,begin:r}){let i=Math.min(Number(e.params.steps)*2,t);return i>Number(e.params.steps)?h`<section class="card" aria-labelledby="more-title">
    <h2 id="more-title">Not there yet?</h2>
    <p class="quiet">
      A job that is done cannot be continued. The same seed takes the same way again, and then goes
      further.
    </p>
    <div class="buttons is-after">
      <button
        class="plain"
        id="more-steps"
        type="button"
        ?disabled=${n}
        @click=${()=>r(i)}
      >
        Begin anew with ${M(i)} steps
      </button>
    </div>
  </section>`:_}var Cc=`activation-maximization`,wc=[`channels`,`classes`,`negative`,`parametrization`,`steps`,`size`],Tc={channel:[`layer`,`channels`],neuron:[`layer`,`channels`,`row`,`column`],layer:[`layer`],logit:[`classes`]},Ec=[{value:`channel`,text:`Channels of a layer`},{value:`neuron`,text:`Channels at one place`},{value:`layer`,text:`A whole layer (DeepDream)`},{value:`logit`,text:`Classes`}],X={followed:null,model:``,written:{objective:`channel`},properties:null,earlier:[],refusal:null,isSubmitting:!1},Dc=!1;function Oc(e,t){Dc=!0;let[n]=e;if(n!==X.followed?.id&&(X.followed?.letGo(),X.followed=n?new fi(n):null),t.size>0){let{model:e,...n}=Object.fromEntries(t);Object.assign(X,{model:e??``,written:{objective:`channel`,...n}})}Ac()}function kc(){Dc=!1,X.followed?.letGo(),X.followed=null}function Ac(){Dc&&D.isReady&&(O(X.model)||(X.model=Ot()),Dt(X.model).catch(()=>setTimeout(Ac,2e3)),jc(),Mc())}async function jc(){if(!X.properties){try{let{body:e}=await C(`openapi.json`);X.properties=dn(e.components.schemas.ActivationMaximizationParameters)}catch(e){X.refusal=T(e)}E()}}async function Mc(){try{X.earlier=(await R({kind:Cc,limit:`12`})).jobs}catch(e){X.refusal=T(e)}E()}function Nc(e){e.preventDefault(),Pc(()=>Zr(Cc,X.model,qi(Fc(),X.properties??{})))}async function Pc(e){Object.assign(X,{isSubmitting:!0,refusal:null}),E();try{let t=await e();location.hash=k(`features`,[t.id])}catch(e){X.refusal=T(e)}X.isSubmitting=!1,E()}function Fc(){let e=new Set(Tc[Ic()]),t=new Set(Object.values(Tc).flat());return Object.fromEntries(Object.entries(X.written).filter(([n])=>e.has(n)||!t.has(n)))}var Ic=()=>X.written.objective??`channel`;function Lc(e,t){t===``?delete X.written[e]:X.written[e]=t,X.followed||Nt(k(`features`,[],new URLSearchParams({model:X.model,...X.written}))),E()}var Rc=()=>h`<div class="features ${X.followed?`is-watching`:``}">
    <form class="card choices" aria-label="What to make pictures of" @submit=${Nc}>
      <h2>What does a unit look for?</h2>
      <p class="quiet">
        A picture is changed, step by step, until a unit of the network answers to it as strongly as
        it can.
      </p>
      ${zc()} ${F(X.refusal,Ac)}
      <button id="start" type="submit" ?disabled=${X.isSubmitting||!X.properties}>
        Make the pictures
      </button>
    </form>
    <div class="watching">
      ${X.followed?wi(X.followed):Wc()} ${Uc(X.followed?.job??null)} ${bc(X.earlier,X.followed?.id)}
    </div>
  </div>`;function zc(){let e=(D.layers.get(X.model)??[]).filter(({output_shape:e})=>e.length===3),t=D.details.get(X.model)?.default_layer??``,n=Tc[Ic()]??[];return h`${P({id:`model`,label:`Model`,value:X.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:e=>{Object.assign(X,{model:e,written:{objective:Ic()}}),Ac(),E()}})}
  ${P({id:`objective`,label:`Pictures of`,value:Ic(),choices:Ec,change:e=>Lc(`objective`,e)})}
  ${n.includes(`layer`)?P({id:`layer`,label:`Layer`,value:X.written.layer??``,choices:[{value:``,text:t?`the last map (${t})`:`the last map`},...e.map(({name:e,output_shape:t})=>({value:e,text:`${e} · ${t.at(-1)} channels`})).reverse()],change:e=>Lc(`layer`,e)}):_}
  ${Hc(wc.filter(e=>Bc(e,n)))}
  <details class="own">
    <summary>All settings</summary>
    ${Hc(Vc(n))}
  </details>`}var Bc=(e,t)=>t.includes(e)||!Object.values(Tc).flat().includes(e);function Vc(e){let t=new Set([...wc,`objective`,`layer`]);return Object.keys(X.properties??{}).filter(n=>!t.has(n)&&Bc(n,e))}var Hc=e=>{let t=e.flatMap(e=>{let t=X.properties?.[e];return t?[[e,t]]:[]});return mn(Object.fromEntries(t),X.written,Lc,`feature`)};function Uc(e){return e?.status!==`succeeded`||e.kind!==Cc?_:Sc(e,{most:X.properties?.steps?.maximum??0,isOff:X.isSubmitting,begin:t=>void Pc(()=>Zr(Cc,e.model,{...e.params,steps:t}))})}var Wc=()=>h`<section class="card teaching">
    <p>
      The pictures emerge here while they are made. Start with the channels of a late layer, or with
      the classes: what would be the most cat-like picture of all?
    </p>
  </section>`,Gc={title:`Features`,enter:Oc,leave:kc,template:Rc},Z={followed:null,jobs:[],older:[],nextCursor:null,status:``,kind:``,kinds:[],isLoaded:!1,refusal:null},Kc=[`activation-maximization`,`atlas`],qc=1500,Jc=6e3,Yc=0,Xc=!1;async function Zc(){clearTimeout(Yc);let{status:e,kind:t}=Z;try{let{jobs:n,next_cursor:r}=await R({status:e,kind:t});if(e!==Z.status||t!==Z.kind)return;Z.older.length===0&&(Z.nextCursor=r);let i=new Set([...Kc,...Z.kinds,...n.map(e=>e.kind)]);Object.assign(Z,{jobs:n,kinds:[...i].sort(),refusal:null,isLoaded:!0})}catch(e){Z.refusal=T(e)}if(E(),!Xc)return;let n=Z.refusal!==null||Z.jobs.some(e=>B.has(e.status));Yc=window.setTimeout(()=>void Zc(),n?qc:Jc)}async function Qc(){let{jobs:e,next_cursor:t}=await R({status:Z.status,kind:Z.kind,cursor:Z.nextCursor??``});Object.assign(Z,{older:[...Z.older,...e],nextCursor:t}),E()}function $c(e,t){el();let[n]=e;n?Z.followed=new fi(n):(Xc=!0,Z.status=t.get(`status`)??``,Z.kind=t.get(`kind`)??``,Zc())}function el(){Xc=!1,clearTimeout(Yc),Z.followed?.letGo(),Object.assign(Z,{followed:null,older:[]})}function tl(e){Object.assign(Z,{...e,older:[],isLoaded:!1,jobs:[]});let{status:t,kind:n}=Z;Nt(k(`jobs`,[],new URLSearchParams({...t&&{status:t},...n&&{kind:n}}))),Zc()}var nl=()=>Z.followed?h`<p class="way-back"><a href="#/jobs">← All jobs</a></p>
        ${wi(Z.followed)}`:rl(),rl=()=>h`<section class="card" aria-labelledby="jobs-title">
    <div class="card-head">
      <h2 id="jobs-title">Jobs</h2>
      <div class="filter">
        ${P({id:`status-filter`,label:`Show`,value:Z.status,choices:[{value:``,text:`all`},...ri.map(e=>({value:e,text:e}))],change:e=>tl({status:e})})}
        ${P({id:`kind-filter`,label:`of kind`,value:Z.kind,choices:[{value:``,text:`any`},...[...new Set([...Z.kinds,Z.kind])].filter(Boolean).map(e=>({value:e,text:zt(e)}))],change:e=>tl({kind:e})})}
      </div>
    </div>
    ${F(Z.refusal,()=>void Zc())}
    ${Z.jobs.length>0?il():Z.isLoaded?ol():_}
  </section>`;function il(){let e=new Set(Z.jobs.map(({id:e})=>e));return h`<ul class="jobs">
      ${[...Z.jobs,...Z.older.filter(({id:t})=>!e.has(t))].map(al)}
    </ul>
    ${Z.nextCursor?h`<button class="plain" type="button" @click=${()=>void Qc()}>Older jobs</button>`:_}`}var al=e=>h`<li>
    <a href=${k(`jobs`,[e.id])}>${N(e.kind)}</a>
    <span class="quiet">${e.model} · ${A(e.created_at)}</span>
    ${Si(e)} ${Ci(e)}
    <span class="words">${oi(e)}</span>
  </li>`,ol=()=>Z.status||Z.kind?h`<p class="quiet">
        No job${Z.kind?` of the kind ${zt(Z.kind)}`:``} is
        ${Z.status||`there`}.
      </p>`:h`<div class="teaching">
        <p>
          Work that takes longer than a request may last is a job: pictures of what a network's units
          look for, for example. It outlives this page, and stands here until it is deleted.
        </p>
        <p><a class="button" href="#/features">Make a first one</a></p>
      </div>`,sl={title:`Jobs`,enter:$c,leave:el,template:nl},cl=(e,{maps:t,mapsRefusal:n,wanted:r})=>h`<section class="card" aria-labelledby="maps-title">
    <h2 id="maps-title">What it answers to the picture</h2>
    ${e.output_shape.length===3?r.picture?h`${F(n)}
            <div class="grid-picture">
              ${t?.grid?h`<img
                    src="data:image/png;base64,${t.grid}"
                    alt="The maps of channels ${r.channels}, each in its own range"
                  />`:n?_:h`<p class="quiet">Looking …</p>`}
            </div>
            ${t?.channels?h`<p class="hint">
                  Strongest: ${ul(t.channels,r)}. Every map is drawn in its own range.
                </p>`:_}`:h`<p class="quiet">Drop or paste a picture, or choose one:</p>
            <div class="samples is-left">
              ${or(null,{takeSample:e=>void Tr(e)})}
            </div>`:h`<p class="quiet">This layer has no maps: its output is no picture any more.</p>`}
  </section>`,ll=5,ul=(e,{model:t,layer:n})=>[...e].sort((e,t)=>(t.max??0)-(e.max??0)).slice(0,ll).map(({index:e,max:r},i)=>h`${i>0?`, `:``}<a href=${xi(t,n.name,e)}
            >channel ${e}</a
          >
          (${j(r??NaN)})`),dl=(e,{filters:t,filtersRefusal:n})=>h`<section class="card" aria-labelledby="filters-title">
    <h2 id="filters-title">What it has learned</h2>
    ${e.kernel_shape.length===0?h`<p class="quiet">This layer has no filters: it is no convolution.</p>`:h`${F(n)}
          <div class="grid-picture">
            ${t?.grid?h`<img
                  src="data:image/png;base64,${t.grid}"
                  alt="Filters of ${e.name}, each under its output channel"
                />`:n?_:h`<p class="quiet">Looking …</p>`}
          </div>
          ${t?h`<p class="hint">
                ${t.input_channel==null?`In colour: these filters see the picture itself; mid-grey is zero.`:`The weights for input channel ${t.input_channel}: red is positive, blue negative.`}
              </p>`:_}`}
  </section>`,fl=({output_shape:e})=>e.at(-1)??0,pl=e=>Math.max(1,Math.ceil(fl(e)/64));function ml(e,t,n=64){let r=Math.min(Math.max(0,t),pl(e)-1)*64,i=Math.min(r+n,fl(e))-1;return i<r?``:`${r}-${i}`}var hl=class{wanted;filters=null;filtersRefusal=null;maps=null;mapsRefusal=null;asking=new AbortController;constructor(e){this.wanted=e;let{layer:t,picture:n}=e;t.kernel_shape.length>0&&this.askFilters(),t.output_shape.length===3&&n&&this.askMaps(n)}isOf({model:e,layer:t,channels:n,picture:r}){return e===this.wanted.model&&t.name===this.wanted.layer.name&&n===this.wanted.channels&&r?.address===this.wanted.picture?.address}letGo(){this.asking.abort()}async askFilters(){let{model:e,layer:t,channels:n}=this.wanted,r=[e,`layers`,...t.name.split(`/`),`filters`].map(encodeURIComponent);try{let{body:e}=await C(`models/${r.join(`/`)}${ut({channels:n,outputs:`grid`})}`,{signal:this.asking.signal});this.filters=e}catch(e){if(w(e))return;this.filtersRefusal=T(e)}E()}async askMaps(e){let{model:t,layer:n,channels:r}=this.wanted;try{let{body:i}=await C(`explain/feature-maps`,{method:`POST`,body:lt(e,{model:t,layer:n.name,channels:r}),signal:this.asking.signal});this.maps=i}catch(e){if(w(e))return;this.mapsRefusal=T(e)}E()}},gl=`8`,_l=class{found=null;refusal=null;asking=new AbortController;constructor(e){this.ask(e)}letGo(){this.asking.abort()}async ask({model:e,layer:t,channel:n}){let r=[e,`layers`,...t.split(`/`),`readers`].map(encodeURIComponent),i=ut({channel:String(n),most:gl});try{let{signal:e}=this.asking;this.found=(await C(`models/${r.join(`/`)}${i}`,{signal:e})).body}catch(e){if(w(e))return;this.refusal=T(e)}E()}};async function vl(e,t){Object.assign(e,{isBusy:!0,refusal:null}),E();try{await t()}catch(t){e.refusal=T(t)}e.isBusy=!1,E()}var yl=`strongest-images`,bl=`100`,xl=class{model;layer;datasets=null;dataset=``;followed=null;file=null;refusal=null;isBusy=!0;jobs=[];isLetGo=!1;constructor(e,t){this.model=e,this.layer=t,vl(this,async()=>{let[{body:e},{jobs:t}]=await Promise.all([C(`datasets`),R({kind:yl,limit:bl})]);this.datasets=e.datasets,this.jobs=t.filter(e=>this.isOf(e));let n=this.jobs[0]?.params.dataset??e.datasets.at(-1)?.id??``;this.turnTo(String(n))})}letGo(){this.isLetGo=!0,this.followed?.letGo()}turnTo(e){Object.assign(this,{dataset:e,file:null}),this.followed?.letGo();let t=this.jobs.find(({params:t})=>t.dataset===e);this.followed=t?this.follow(t.id):null,E()}find(){return vl(this,async()=>{let{dataset:e,layer:t}=this,n=await Zr(yl,this.model,{dataset:e,layer:t});this.jobs=[n,...this.jobs],this.turnTo(e)})}imagesOf(e){return this.file?.channels[e]?.images??null}thumbnailOf({thumbnail:e}){return z(this.followed?.id??``,e)}follow(e){return this.isLetGo?null:new fi(e,()=>void this.read(e))}read(e){return vl(this,async()=>{let{body:t}=await C(z(e,`strongest.json`));this.followed?.id===e&&(this.file=t)})}isOf({model:e,params:t,status:n}){return n!==`failed`&&n!==`cancelled`&&e===this.model&&t.layer===this.layer}},Sl=`activation-maximization`,Cl=`100`,wl=[`positive`,`negative`],Tl=class{unit;jobs=new Map;refusal=null;isBusy=!0;isLetGo=!1;constructor(e){this.unit=e,vl(this,async()=>{let{jobs:t}=await R({kind:Sl,limit:Cl});for(let n of wl){let r=t.find(t=>El(t,e,n));r&&this.follow(n,r)}})}letGo(){this.isLetGo=!0;for(let{followed:e}of this.jobs.values())e.letGo()}make(){return vl(this,async()=>{for(let e of wl.filter(e=>!this.jobs.has(e))){let{model:t,layer:n,channel:r}=this.unit,i=await Zr(Sl,t,{objective:`channel`,layer:n,channels:String(r),negative:e===`negative`});this.follow(e,i)}})}follow(e,{id:t,params:n}){if(this.isLetGo)return;let r=Ol(n.channels),i=String(r.indexOf(this.unit.channel)).padStart(3,`0`),a=r.length===1?`grid.png`:`pictures/${i}.png`;this.jobs.set(e,{followed:new fi(t),picture:z(t,a)})}};function El({model:e,params:t,status:n},r,i){return e===r.model&&t.objective===`channel`&&t.layer===r.layer&&Number(t.facets??1)===1&&Ol(t.channels).includes(r.channel)&&t.negative===(i===`negative`)&&n!==`failed`&&n!==`cancelled`}var Dl=/^(\d+)(?:-(\d+))?$/;function Ol(e){return String(e).split(`,`).flatMap(e=>{let[,t,n=t]=Dl.exec(e.trim())??[],r=Number(t);return t===void 0?[]:Array.from({length:Number(n)-r+1},(e,t)=>r+t)})}var kl=class{unit;pictures;readers;strongest;constructor(e,t){this.unit=e;let{model:n,layer:r}=e,i=t?.unit.model===n&&t.unit.layer===r;t?.letGo(i),this.pictures=new Tl(e),this.readers=new _l(e),this.strongest=t&&i?t.strongest:new xl(n,r)}isOf({model:e,layer:t,channel:n}){let{unit:r}=this;return e===r.model&&t===r.layer&&n===r.channel}letGo(e=!1){this.pictures.letGo(),this.readers.letGo(),e||this.strongest.letGo()}},Al=(e,t)=>h`<section class="card" aria-labelledby="readers-title">
    <h2 id="readers-title">What reads it</h2>
    ${F(e.refusal)}
    ${e.found?jl(e.found,t):e.refusal?_:h`<p class="quiet">Looking …</p>`}
  </section>`;function jl({readers:e,untold:t},n){return e.length+t.length===0?h`<p class="quiet">Nothing: the network ends here.</p>`:h`${e.map(e=>Ml(e,n))}
  ${e.length>0?h`<p class="hint">
          What a unit gains where the channel rises by 1 everywhere, with rectifiers open: the sum
          of its filter. Blue is more, red is less.
        </p>`:_}
  ${t.map(({name:e,type:t})=>h`<p class="hint">
        ${t?`${e} (${t})`:`Something between layers (${e})`} takes it too; what
        that makes of it cannot be told from weights.
      </p>`)}`}function Ml({layer:e,type:t,through:n,units:r,strongest:i},a){let o=Math.max(...i.map(({weight:e})=>Math.abs(e)),Number.MIN_VALUE);return h`<h3 class="reader">${e}</h3>
    <p class="quiet">
      ${t}${n.length>0?`, through ${n.join(`, `)}`:``}${r>i.length?` · ${i.length} of ${r} units`:``}
    </p>
    <ul class="weights">
      ${i.map(t=>Nl(t,o,xi(a,e,t.unit)))}
    </ul>`}var Nl=({unit:e,label:t,weight:n},r,i)=>h`<li>
    ${t===null?h`<a href=${i}>channel ${e}</a>`:h`<span class="class-name">${t}</span>`}
    <span class="track" aria-hidden="true"
      ><span
        class="part ${n<0?`is-against`:`is-for`}"
        .style=${`width:${Math.abs(n)/r*50}%`}
      ></span
    ></span>
    <span class="number">${n>0?`+`:``}${j(n)}</span>
  </li>`,Pl=(e,t)=>h`<section class="card" aria-labelledby="strongest-title">
    <h2 id="strongest-title">Which images it answers to most</h2>
    ${F(e.refusal??e.followed?.refusal??null)}
    ${e.datasets===null?_:Fl(e)}
    ${Il(e,t)}
  </section>`;function Fl(e){let{datasets:t,dataset:n}=e;if(!t?.length&&!e.followed)return h`<p class="quiet">
      There is no dataset to look through yet. <a href="#/datasets">Send one</a>: a zip of images.
    </p>`;let r=(t??[]).map(({id:e,name:t})=>({value:e,text:t}));return P({id:`strongest-dataset`,label:`Dataset`,value:n,choices:n!==``&&!r.some(({value:e})=>e===n)?[{value:n,text:`one that is gone`},...r]:r,change:t=>e.turnTo(t)})}function Il(e,t){let{followed:n,file:r}=e,i=e.imagesOf(t);return i?i.length>0?h`<ol class="strongest">
            ${i.map(t=>Ll(e,t))}
          </ol>
          <p class="hint">
            Of ${M(r?.images??0)} images; the ring is where the channel is strongest.
          </p>`:h`<p class="quiet">It is silent in all ${M(r?.images??0)} images.</p>`:n?.job&&B.has(n.job.status)?h`${Ci(n.job)}
      <p class="words" role="status">${oi(n.job)}</p>`:n||!e.dataset?_:h`<button
    class="plain is-after"
    id="find-strongest"
    type="button"
    ?disabled=${e.isBusy}
    @click=${()=>void e.find()}
  >
    Look through the images, for all channels of the layer
  </button>`}var Ll=(e,t)=>h`<li>
    <span class="thumbnail">
      <img src=${_i(e.thumbnailOf(t))} alt=${t.path} loading="lazy" />
      <span class="ring" .style=${`left:${t.x*100}%;top:${t.y*100}%`}></span>
    </span>
    <span class="number" title=${t.path}>${j(t.value)}</span>
  </li>`,Rl={positive:`What raises it most`,negative:`What lowers it most`};function zl(e,t,n,r){let{model:i,channel:a}=n.unit,o=(e.output_shape.at(-1)??1)-1,s=(t,n)=>t<0||t>o?_:h`<a class="button plain" href=${xi(i,e.name,t)}>${n}</a>`;return h`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">Channel ${a} of ${e.name}</h2>
      <p class="buttons">
        <a class="button plain" href=${r}>The whole layer</a>
        ${s(a-1,`← ${a-1}`)} ${s(a+1,`${a+1} →`)}
      </p>
    </section>
    ${Bl(n.pictures,e)} ${Pl(n.strongest,a)}
    ${Al(n.readers,i)} ${cl(e,t)} ${dl(e,t)}`}var Bl=(e,{type:t})=>h`<section class="card" aria-labelledby="unit-title">
    <h2 id="unit-title">What it looks for</h2>
    ${F(e.refusal)}
    <div class="signs">
      ${wl.map(t=>Vl(t,e.jobs.get(t)))}
    </div>
    ${t===`ReLU`?h`<p class="hint">
            Behind a ReLU a channel is never below zero: whatever does not raise it lowers it most.
          </p>`:_}
    ${e.jobs.size<wl.length?h`<button
            class="plain is-after"
            id="make-unit"
            type="button"
            ?disabled=${e.isBusy}
            @click=${()=>void e.make()}
          >
            Make the pictures
          </button>`:_}
  </section>`,Vl=(e,t)=>{let n=t?.followed;return h`<figure>
    <div class="made">${Hl(e,t)}</div>
    <figcaption>
      ${Rl[e]}
      ${n?.job?h` · <a href=${k(`features`,[n.id])}>${oi(n.job)}</a>`:_}
    </figcaption>
    ${F(n?.refusal??null)}
  </figure>`};function Hl(e,t){if(!t)return h`<p class="quiet">Not made yet.</p>`;let{followed:n,picture:r}=t;return n.job?.status===`succeeded`?h`<img src=${_i(r)} alt=${Rl[e]} />`:n.preview?h`<img src="data:image/png;base64,${n.preview}" alt="What is being made" />`:h`<p class="quiet">${!n.job||B.has(n.job.status)?`Being made …`:`It was not made.`}</p>`}var Q={model:``,layer:``,page:0,unit:null,unitPage:null,search:``,insight:null},Ul=!1;function Wl(e,t){Ul=!0;let[n=``,...r]=e;n&&Object.assign(Q,{model:n,layer:r.join(`/`)}),Q.page=Number(t.get(`page`)??0)||0;let i=t.get(`unit`);Q.unit=i!==null&&/^\d+$/.test(i)?Number(i):null,Gl()}function Gl(){Ul&&D.isReady&&(O(Q.model)||Object.assign(Q,{model:Ot(),layer:``}),Dt(Q.model).then(Kl).catch(()=>setTimeout(Gl,2e3)))}function Kl(){let e=Xl();if(!Ul||!e)return;Q.layer=e.name;let t=ql(e);Nt(t===null?Zl(e.name):xi(Q.model,e.name,t)),Jl(e,t);let n={model:Q.model,layer:e,channels:t===null?ml(e,Q.page):String(t),picture:I.picture};Q.insight?.isOf(n)||(Q.insight?.letGo(),Q.insight=new hl(n)),E()}function ql({output_shape:e}){return Q.unit!==null&&e.length===3&&Q.unit<(e.at(-1)??0)?Q.unit:null}function Jl(e,t){let n=t===null?null:{model:Q.model,layer:e.name,channel:t};n&&Q.unitPage?.isOf(n)||(n?Q.unitPage=new kl(n,Q.unitPage):Yl())}function Yl(){Q.unitPage?.letGo(),Q.unitPage=null}function Xl(){let e=D.layers.get(Q.model)??[],t=D.details.get(Q.model)?.default_layer;return e.find(({name:e})=>e===Q.layer)??e.find(({name:e})=>e===t)??e[0]}var Zl=(e,t=Q.page)=>k(`model`,[Q.model,...e.split(`/`)],new URLSearchParams(t?{page:String(t)}:{})),Ql=()=>{let e=D.layers.get(Q.model)??[],t=Xl();return h`<div class="model">
    <section class="card layers" aria-labelledby="layers-title">
      <h2 id="layers-title">Layers</h2>
      ${P({id:`model`,label:`Model`,value:Q.model,choices:D.models.map(({name:e})=>({value:e,text:e})),change:e=>{location.hash=k(`model`,[e])},hint:$l(e)})}
      ${ln({id:`search`,label:`Find a layer`,type:`search`,value:Q.search,placeholder:`conv, relu, …`,change:e=>{Q.search=e,E()}})}
      <nav class="layer-list" aria-label="Layers of ${Q.model}" tabindex="-1">
        <ol>
          ${eu(e).map(e=>tu(e,e===t))}
        </ol>
      </nav>
    </section>
    <div class="insight">
      ${t&&Q.insight?nu(t,Q.insight):_}
    </div>
  </div>`};function $l(e){let t=O(Q.model)?.parameters??0;return`${e.length} layers, ${M(t)} parameters`}function eu(e){let t=Q.search.trim().toLowerCase();return e.filter(({name:e,type:n})=>`${e} ${n}`.toLowerCase().includes(t))}var tu=({name:e,type:t,output_shape:n},r)=>h`<li>
    <a href=${Zl(e,0)} aria-current=${r?`true`:_}>
      <span class="layer-name">${e}</span>
      <span class="quiet">${t}</span>
      <span class="quiet sides">${Rt(n)}</span>
    </a>
  </li>`,nu=(e,t)=>Q.unitPage?zl(e,t,Q.unitPage,Zl(e.name,0)):ru(e,t),ru=(e,t)=>h`<section class="card" aria-labelledby="layer-title">
      <h2 id="layer-title" class="layer-title">${e.name}</h2>
      <dl class="facts">
        <dt>Type</dt>
        <dd>${e.type}</dd>
        <dt>Output</dt>
        <dd>${Rt(e.output_shape)}</dd>
        <dt>Parameters</dt>
        <dd>${M(e.parameters)}</dd>
        ${e.kernel_shape.length>0?h`<dt>Filters</dt>
              <dd>${Rt(e.kernel_shape)}</dd>`:_}
      </dl>
      ${e.output_shape.length===3?h`<p class="links">
            <a href=${iu(e)}>What its channels look for</a>
            ${e.explainable?h`<a href=${au(e)}>Explain at this layer</a>`:_}
          </p>`:_}
      ${ou(e)}
    </section>
    ${cl(e,t)} ${dl(e,t)}`,iu=e=>k(`features`,[],new URLSearchParams({model:Q.model,objective:`channel`,layer:e.name,channels:ml(e,Q.page,8)||`random:9`}));function au(e){let[t=``,n=``]=vr().split(`?`,2),r=new URLSearchParams(n);return r.set(`layer`,e.name),r.set(`model`,Q.model),`${t}?${r}`}function ou(e){let t=pl(e);return t<2?_:h`<nav class="buttons paging" aria-label="Channels">
    ${Array.from({length:t},(t,n)=>{let r=n*64;return h`<a
        class="button plain"
        href=${Zl(e.name,n)}
        aria-current=${n===Q.page?`true`:_}
        >${r}–${Math.min(r+64,e.output_shape.at(-1)??0)-1}</a
      >`})}
  </nav>`}Sr(Kl);var su={title:`Model`,enter:Wl,leave:()=>{Ul=!1,Yl()},template:Ql},cu=e=>Ze()?h`<form
        class="card key"
        aria-labelledby="key-title"
        @submit=${t=>lu(t,e)}
      >
        <h2 id="key-title">
          ${Xe()?`The service does not take this key`:`The service asks for a key`}
        </h2>
        <p class="quiet" id="key-hint">
          Whoever runs it gives you one. It stays in this tab until that is closed.
        </p>
        <div class="key-row">
          <label for="key">API key</label>
          <input
            id="key"
            name="key"
            type="password"
            autocomplete="off"
            spellcheck="false"
            required
            aria-describedby="key-hint"
          />
          <button type="submit">Use it</button>
        </div>
      </form>`:_;function lu(e,t){e.preventDefault();let n=e.target.elements.namedItem(`key`).value.trim();n!==``&&uu(n,t)}function uu(e,t){Ye(e),yi(),t()}var du=e=>Xe()?h`<button
        class="plain"
        id="forget-key"
        type="button"
        @click=${()=>uu(``,e)}
      >
        Forget the key
      </button>`:_,fu={explain:Hr,model:su,features:Gc,atlas:cc,jobs:sl,datasets:yc};function pu(){jr(),Gl(),Ac(),oc()}var mu=document.getElementById(`page`),$=``;function hu(){let e=Mt(location.hash),t=e.view in fu?e.view:`explain`;t!==$&&fu[$]?.leave(),$=t;let n=fu[t];document.title=`${n.title} · Vitrine`,n.enter(e.path,e.query),E()}var gu=(e,{title:t})=>h`<a
    href=${e===`explain`?vr():k(e)}
    aria-current=${e===$?`page`:_}
    >${t}</a
  >`,_u=()=>h`<a class="skip" href="#main" @click=${yu}>Skip to the content</a>
    <header class="head">
      <img src="web/favicon.svg" alt="" width="32" height="32" />
      <span class="brand">Vitrine</span>
      <nav aria-label="Views">
        ${Object.entries(fu).map(([e,t])=>gu(e,t))}
        <a href="docs">HTTP interface</a>
        ${du(vu)}
      </nav>
    </header>
    <main id="main" tabindex="-1">
      <h1 class="unseen">Vitrine: ${fu[$]?.title}</h1>
      ${cu(vu)}
      ${Ze()?_:F(D.refusal,()=>void Tt(pu))}
      ${fu[$]?.template()??_}
    </main>`;function vu(){Object.assign(D,{refusal:null}),fu[$]?.leave(),hu(),Tt(pu)}function yu(e){e.preventDefault(),document.getElementById(`main`)?.focus()}var bu=()=>$===`model`||sc();function xu(e){e&&(bu()||(location.hash=vr()),wr(e))}document.addEventListener(`paste`,({clipboardData:e})=>xu(e?.files[0])),document.addEventListener(`dragover`,e=>{e.preventDefault(),Er(!0)}),document.addEventListener(`dragleave`,({relatedTarget:e})=>{e===null&&Er(!1)}),document.addEventListener(`drop`,e=>{e.preventDefault(),Er(!1),xu(e.dataTransfer?.files[0])}),Ct(()=>Ae(_u(),mu)),window.addEventListener(`hashchange`,hu),hu(),Tt(pu);export{o as t};